import type { ReportedAddress } from '../../contribution/report.ts';

/** Where a Gateway can be reached, and what Envoy listens on for it. */
export interface Place {
  /** What its status says. */
  readonly addresses: readonly ReportedAddress[];
  /** The IP addresses on which Envoy listens, or all. */
  readonly binds: readonly string[];
  /** Why it has not got all that it asks for. */
  readonly fault?: AddressFault;
}

/** Why a Gateway has not got all addresses that it asks for. */
export interface AddressFault {
  readonly reason: 'AddressNotUsable' | 'AddressNotAssigned';
  readonly message: string;
  readonly field: string;
}
