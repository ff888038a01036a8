import type { Read } from '../../../collection/operator/join-each.ts';
import { keyParts, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { Secret } from '../../../kube/core/secret.ts';
import { emissaryGroup } from '../../../kube/emissary/group.ts';
import { secretNamed } from '../../../kube/emissary/host-tls.ts';
import { whyNoCertificate } from '../../../kube/secret/secret-data.ts';
import { namesInvalid } from '../../../problem/names-invalid.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { NamespaceGrants } from '../../grants.ts';
import { mayRefer } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';

/** What TLS settings are looked up in. */
export interface SecretTables {
  readonly secrets: Secret;
  /** What is wrong with objects, by `ObjectRef`. */
  readonly faults: readonly Problem[];
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
  /** Under `all`, whether the Module says that a dot is a part of the name of a Secret. */
  readonly plainNames: true;
}

/** What a Secret is named for. */
export type SecretUse = 'certificate' | 'authorities' | 'revocations';

/** The Secret, which has what it is named for; or why it cannot be used. */
export type SecretFound = { readonly key: ObjectKey } | { readonly problem: Problem };

/** The object and the field that name a Secret. */
interface Naming {
  readonly ref: ObjectRef;
  readonly kind: string;
  readonly namespace: string;
  readonly field: string;
}

/** Looks for a Secret that TLS settings name. Of another namespace nothing is told of what is there. */
export const findSecret = (options: TranslateOptions) => {
  const isAllowed = mayRefer(options);
  return (
    { ref: object, kind, namespace, field }: Naming,
    written: string,
    namespacing: boolean | undefined,
    use: SecretUse,
    read: Read<SecretTables>,
  ): SecretFound => {
    const isSplit = written.includes('.') && (namespacing ?? read('plainNames', 'all') !== true);
    const key = secretNamed(written, namespace, isSplit);
    const target = objectRef('Secret', key);
    const [place, name] = keyParts(key);
    const secret = read('secrets', key);
    const fault = secret === undefined ? 'is not there' : lacks[use](secret);
    if (place !== namespace) {
      const from = { group: emissaryGroup, kind, namespace };
      const to = { group: '', kind: 'Secret', namespace: place, name };
      return fault === undefined && isAllowed(from, to, (one) => read('grants', one))
        ? { key }
        : { problem: { _tag: 'RefNotUsable', object, field, target } };
    }
    if (fault === undefined) return { key };
    if (secret === undefined && read('faults', target) === undefined)
      return { problem: { _tag: 'NotFound', object, field, target } };
    if (secret === undefined) return { problem: namesInvalid(object, field, target) };
    return {
      problem: { _tag: 'InvalidCertificate', object, field, reason: `${target} ${fault}` },
    };
  };
};

/** Why a Secret has not what it is named for. */
const lacks: Readonly<Record<SecretUse, (secret: Secret) => string | undefined>> = {
  certificate: (secret) =>
    secret.certificateChain === undefined || secret.privateKey === undefined
      ? whyNoCertificate(secret)
      : undefined,
  authorities: (secret) =>
    authoritiesIn(secret) === undefined
      ? 'holds no certificates of authorities; expected tls.crt or ca.crt'
      : undefined,
  revocations: ({ revocations }) =>
    revocations === undefined ? 'holds no revocations; expected crl.pem' : undefined,
};

/** The authorities in a Secret, PEM; as in Emissary its own certificate counts, if it has nothing else. */
export const authoritiesIn = ({ authorities, certificateChain }: Secret): string | undefined =>
  authorities ?? certificateChain;
