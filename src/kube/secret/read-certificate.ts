import { X509Certificate } from 'node:crypto';

import { normalHostname, type Hostname } from '../../ir/hostname.ts';
import { dnsNames } from './certificate-faults.ts';
import type { Validity } from './certificate-standing.ts';

/** What is read of the certificate of a Secret. */
interface ReadCertificate extends Validity {
  /** The DNS names that it is for; its common name, if it has none of them (RFC 6125, 6.4.4). */
  readonly names: readonly Hostname[];
}

/** Anything that has a certificate; it keeps its identity as long as nothing of it changes. */
interface Certified {
  readonly certificateChain?: string | undefined;
}

/** Reads the certificate of a Secret, once for each version of it; it has been parsed before. */
export const readCertificate = (secret: Certified): ReadCertificate | undefined => {
  if (secret.certificateChain === undefined) return undefined;
  const before = known.get(secret);
  if (before !== undefined) return before;
  const certificate = new X509Certificate(secret.certificateChain);
  const { validFromDate, validToDate } = certificate;
  const read = {
    ...{ from: validFromDate.getTime(), to: validToDate.getTime() },
    names: namesIn(certificate),
  };
  known.set(secret, read);
  return read;
};

const known = new WeakMap<Certified, ReadCertificate>();

/**
 * What cannot be a name in DNS is none: nobody asks for it, and each Host with this certificate would repeat it,
 * whatever its length. What Node.js makes a text of is not taken apart again: a name in it may hold whatever is
 * between two names.
 */
const namesIn = (certificate: X509Certificate): readonly Hostname[] => {
  const alternatives = dnsNames(certificate);
  const found =
    alternatives.length > 0
      ? alternatives
      : [...(certificate.subject ?? '').matchAll(/^CN=(.+)$/gm)].map(([, name = '']) => name);
  return found.filter((name) => isName.test(name)).map(normalHostname);
};

const isName = /^[\w.*-]{1,253}$/;
