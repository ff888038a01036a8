import type { SubjectAltName, TrustBundleName } from '../../../ir/trust-bundle.ts';

/** How TLS is spoken to the ports of one Service, as its BackendTLSPolicies ask for. */
export interface ServicePolicies {
  /** Of ports that a policy names; each port once. */
  readonly ports: readonly { readonly name: string; readonly tls: BackendTls }[];
  /** Of all other ports; absent: no TLS. */
  readonly others?: BackendTls;
}

/** How TLS is spoken, or `Invalid`: a policy asks for it and cannot be followed, so nothing is sent. */
export type BackendTls =
  | { readonly _tag: 'Invalid' }
  | {
      readonly _tag: 'Verified';
      /** The server that is asked for. */
      readonly sni: string;
      readonly trust: TrustBundleName;
      /** The certificate must have one of these names. */
      readonly names: readonly SubjectAltName[];
    };
