import type { ObjectRef } from './object-ref.ts';

/**
 * Names a trust bundle.
 *
 * Envoy is sent bundles as it is sent certificates, so a name is none that a certificate can have: no
 * key of a Secret begins so, and no server name holds a slash.
 */
export type TrustBundleName = `trust://${string}`;

/** Certificate authorities; who has a certificate of one of them is trusted. */
export interface TrustBundle {
  readonly name: TrustBundleName;
  /** Their certificates, PEM. */
  readonly authorities: string;
  /**
   * What they have revoked: lists (CRLs), PEM. If there is one, Envoy wants one for every authority
   * between the certificate and its root.
   */
  readonly revocations?: string;
  readonly from: readonly ObjectRef[];
}

/** A name in a certificate (subject alternative name). A DNS name matches wildcards of the certificate. */
export type SubjectAltName =
  { readonly _tag: 'Dns'; readonly name: string } | { readonly _tag: 'Uri'; readonly uri: string };

/** Which certificates of the other side are accepted. */
export interface PeerVerification {
  /** Who vouches for it. A bundle that does not exist is one that trusts nobody. */
  readonly trust: TrustBundleName;
  /** It has one of these names; without any, the name does not matter. */
  readonly names: readonly SubjectAltName[];
}
