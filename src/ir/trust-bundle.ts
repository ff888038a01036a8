import type { ObjectRef } from './object-ref.ts';

/**
 * Names a trust bundle.
 *
 * Bundles and certificates are both sent over SDS, so no certificate may have the name of a bundle: no key
 * of a Secret begins with `trust:`, and no server name holds a slash.
 */
export type TrustBundleName = `trust://${string}`;

/** Certificate authorities: a peer is trusted if one of them has issued its certificate. */
export interface TrustBundle {
  readonly name: TrustBundleName;
  /** Their certificates, PEM. */
  readonly authorities: string;
  /**
   * Their certificate revocation lists (CRLs), PEM. If there is one, Envoy requires one for every authority
   * between the certificate and its root.
   */
  readonly revocations?: string;
  /** What holds the revocations, if there are any, is the last one. */
  readonly from: readonly ObjectRef[];
}

/** A name in a certificate (subject alternative name). A DNS name matches wildcards of the certificate. */
export type SubjectAltName =
  { readonly _tag: 'Dns'; readonly name: string } | { readonly _tag: 'Uri'; readonly uri: string };

/** Which certificates of the peer are accepted. */
export interface PeerVerification {
  /** The authorities that may have issued it. A bundle that does not exist trusts nobody. */
  readonly trust: TrustBundleName;
  /** The certificate must have one of these names; if there are none, its name does not matter. */
  readonly names: readonly SubjectAltName[];
}
