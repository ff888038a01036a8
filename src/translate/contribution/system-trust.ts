import type { TrustBundle, TrustBundleName } from '../../ir/trust-bundle.ts';

/** The authorities of the system, as an operator gives them. */
export interface SystemTrust {
  /** Their certificates, PEM, which Envoy takes; absent: nobody is trusted in their name. */
  readonly systemAuthorities?: string;
}

/** Names the bundle of the authorities of the system: no object can have the name. */
export const systemTrust: TrustBundleName = 'trust://system';

/**
 * The bundle of the authorities of the system, for a language one of whose objects trusts them (decision 23:
 * Envoy itself would verify nothing). Where there are none it is not there, and what trusts them is not reached.
 */
export const systemBundle = ({ systemAuthorities }: SystemTrust): TrustBundle | undefined =>
  systemAuthorities === undefined
    ? undefined
    : { name: systemTrust, authorities: systemAuthorities, from: [] };
