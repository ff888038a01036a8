import { X509Certificate } from 'node:crypto';

import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { CertificateFound } from './certificate-reference.ts';

/** The certificates of one listener that can be served side by side. */
interface Distinct {
  readonly names: readonly SecretName[];
  /** What is said of those that cannot. */
  readonly problems: readonly Problem[];
}

/**
 * Leaves out certificates whose type of key another one has: of each type the first one is served, so that a
 * client always gets the same. With a single certificate none is looked at.
 */
export const distinctCertificates = (
  object: ObjectRef,
  found: readonly (readonly [field: string, certificate: CertificateFound])[],
): Distinct => {
  const names: SecretName[] = [];
  const problems: Problem[] = [];
  const types = new Set<string>();
  const usable = found.filter(([, { _tag }]) => _tag === 'Found');
  for (const [field, one] of usable) {
    if (one._tag !== 'Found' || names.includes(one.name)) continue;
    const type = usable.length === 1 ? '' : keyType(one.secret.certificateChain);
    if (types.has(type)) {
      problems.push({
        _tag: 'InvalidField',
        object,
        field,
        expected: 'a certificate with another type of key than those before it',
        got: `another one with ${type}, which is not served`,
      });
      continue;
    }
    types.add(type);
    names.push(one.name);
  }
  return { names, problems };
};

/** A certificate in the store has been parsed before. */
const keyType = (pem = ''): string =>
  new X509Certificate(pem).publicKey.asymmetricKeyType ?? 'unknown';
