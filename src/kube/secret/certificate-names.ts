import { X509Certificate } from 'node:crypto';

import { isIpV4 } from '../../ir/address/ip-address.ts';
import { normalHostname, type Hostname } from '../../ir/hostname.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { noProblems } from '../../problem/no-problems.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Secret } from '../core/secret.ts';
import { dnsNames } from './certificate-faults.ts';

/**
 * The DNS names that the certificate of a Secret is for; its common name, if it has none of them (RFC 6125,
 * 6.4.4). They are read once for each version of a Secret. What cannot be a name in DNS is none: nobody asks for it,
 * and each Host with this certificate would repeat it, whatever its length.
 */
export const certificateNames = (secret: Secret): readonly Hostname[] => {
  const before = known.get(secret);
  if (before !== undefined) return before;
  const names = secret.certificateChain === undefined ? [] : namesIn(secret.certificateChain);
  known.set(secret, names);
  return names;
};

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

const known = new WeakMap<Secret, readonly Hostname[]>();

/**
 * A certificate in the store has been parsed before. What Node.js makes a text of is not taken apart again: a name in
 * it may hold whatever is between two names.
 */
const namesIn = (pem: string): readonly Hostname[] => {
  const certificate = new X509Certificate(pem);
  const alternatives = dnsNames(certificate);
  const found =
    alternatives.length > 0
      ? alternatives
      : [...(certificate.subject ?? '').matchAll(/^CN=(.+)$/gm)].map(([, name = '']) => name);
  return found.filter((name) => isName.test(name)).map(normalHostname);
};

const isName = /^[\w.*-]{1,253}$/;
