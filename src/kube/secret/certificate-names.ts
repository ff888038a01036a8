import { isIpV4 } from '../../ir/address/ip-address.ts';
import type { Hostname } from '../../ir/hostname.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { noProblems } from '../../problem/no-problems.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Secret } from '../core/secret.ts';
import { readCertificate } from './read-certificate.ts';

/** The DNS names that the certificate of a Secret is for. */
export const certificateNames = (secret: Secret): readonly Hostname[] =>
  readCertificate(secret)?.names ?? noNames;

const noNames: readonly Hostname[] = [];

/**
 * Whether a client that asks for some name of a hostname takes a certificate for one of these names. In a
 * certificate `*` stands for one label, in a hostname for any number of them. Nobody asks for an address by
 * its server name, so every certificate fits one.
 */
const isForHostname = (names: readonly Hostname[], hostname: Hostname): boolean => {
  if (hostname === '*' || hostname.startsWith('[') || isIpV4(hostname)) return true;
  if (hostname.startsWith('*.'))
    return names.some((name) => name.replace(/^\*/, '').endsWith(hostname.slice(1)));
  const wildcard = `*${hostname.slice(hostname.indexOf('.'))}`;
  return names.some((name) => name === hostname || name === wildcard);
};

/** The problem of an object that serves a hostname with the certificate of a Secret which is for others. */
export const unfitNames = (
  object: ObjectRef,
  field: string,
  key: ObjectKey,
  names: readonly Hostname[],
  hostname: Hostname,
): readonly Problem[] => {
  if (isForHostname(names, hostname)) return noProblems;
  const [shown, more] = [names.slice(0, mostShown), names.length - mostShown];
  const all = shown.length === 0 ? 'no DNS name' : shown.join(', ');
  const others = more > 0 ? ` and ${more} more` : '';
  const reason = `the certificate of ${objectRef('Secret', key)} is for ${all}${others}; expected one for ${hostname}, so clients that check names refuse it`;
  return [{ _tag: 'UnfitCertificate', object, field, reason }];
};

const mostShown = 5;
