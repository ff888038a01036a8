import type { ObjectKey, ObjectRef } from './object-ref.ts';
import type { Sensitive } from './sensitive.ts';

/** Names a certificate: the Secret it is kept in. */
export type SecretName = ObjectKey;

/** A certificate with its private key, both PEM. */
export interface Secret {
  readonly name: SecretName;
  readonly certificateChain: string;
  readonly privateKey: Sensitive;
  readonly from: readonly ObjectRef[];
}
