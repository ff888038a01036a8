import type { SubjectAltName, TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { Claimant } from '../../contribution/seniority.ts';

/** The BackendTLSPolicies that are in force for one Service: for each port that is named, and for the others. */
export type ServicePolicies = readonly PolicyInForce[];

/** A policy that is in force for a port of a Service, or for all ports without one of their own. */
export interface PolicyInForce {
  /** The name of the port; absent: it is for the whole Service. */
  readonly port?: string;
  readonly policy: Claimant;
  readonly tls: BackendTls;
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

/** The policy that is in force for a port; absent: no TLS is spoken to it. */
export const policyFor = (
  policies: ServicePolicies,
  port: string | undefined,
): PolicyInForce | undefined =>
  policies.find((one) => one.port !== undefined && one.port === port) ??
  policies.find((one) => one.port === undefined);
