import type { ObjectRef } from '../../../ir/object-ref.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';

/**
 * Settings of TLS in a Module that would ask clients for certificates, in Emissary before version 2: nobody is
 * asked because of them. `field` is where these settings are.
 */
export const unaskedCertificates = (
  object: ObjectRef,
  field: string,
  tls: unknown,
): readonly Problem[] =>
  asksClients(tls)
    ? [{ _tag: 'GuardUnusable', object, field: `${field}.client`, effect: 'ModuleTls' }]
    : noProblems;

/** A block `client` asks, be it that a certificate is required or that one that is shown is verified. */
const asksClients = (tls: unknown): boolean => {
  const client = member(tls, 'client');
  if (typeof client !== 'object' || client === null) return false;
  const enabled = member(client, 'enabled');
  return enabled !== false && enabled !== 'false';
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
