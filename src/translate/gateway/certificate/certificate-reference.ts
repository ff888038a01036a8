import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, objectRef, type ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Secret } from '../../../kube/core/secret.ts';
import type { SecretReference } from '../../../kube/gateway/references.ts';
import { whyNoCertificate } from '../../../kube/secret/secret-data.ts';
import { namesInvalid } from '../../../problem/names-invalid.ts';
import type { Problem } from '../../../problem/problem.ts';
import { mayReferTo, type NamespaceGrants, type Referrer } from '../../grants.ts';

/** What references to certificates are looked up in. */
export interface CertificateTables {
  readonly secrets: Secret;
  /** What is wrong with objects, by `ObjectRef`. */
  readonly faults: readonly Problem[];
  readonly grants: NamespaceGrants;
}

/** The Secret that a reference leads to, or why it cannot be used. */
export type CertificateFound =
  | { readonly _tag: 'Found'; readonly name: SecretName; readonly secret: Secret }
  | { readonly _tag: 'NotFound' | 'NotPermitted'; readonly problem: Problem };

/** Looks for the certificate that an object refers to in a field. */
export const findCertificate = (
  object: ObjectRef,
  from: Referrer,
  field: string,
  { group, kind, name, namespace = from.namespace }: SecretReference,
  read: Read<CertificateTables>,
): CertificateFound => {
  if (group !== '' || kind !== 'Secret') {
    const got = JSON.stringify(group === '' ? kind : `${kind}.${group}`);
    return {
      _tag: 'NotFound',
      problem: { _tag: 'InvalidField', object, field: `${field}.kind`, expected: 'Secret', got },
    };
  }
  const key = objectKey(namespace, name);
  const target = objectRef('Secret', key);
  if (!mayReferTo((one) => read('grants', one), from, { group, kind, namespace, name }))
    return {
      _tag: 'NotPermitted',
      problem: { _tag: 'RefNotUsable', object, field, target },
    };
  const secret = read('secrets', key);
  const invalid = (reason: string): CertificateFound => ({
    _tag: 'NotFound',
    problem: { _tag: 'InvalidCertificate', object, field, reason },
  });
  if (secret === undefined)
    return read('faults', target) === undefined
      ? { _tag: 'NotFound', problem: { _tag: 'NotFound', object, field, target } }
      : { _tag: 'NotFound', problem: namesInvalid(object, field, target) };
  return secret.certificateChain === undefined || secret.privateKey === undefined
    ? invalid(`${target} ${whyNoCertificate(secret)}`)
    : { _tag: 'Found', name: key, secret };
};
