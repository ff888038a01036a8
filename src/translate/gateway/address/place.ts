import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ReportedAddress } from '../../contribution/report.ts';

/** Where a Gateway can be reached, and what Envoy listens on for it. */
export interface Place {
  /** What its status says. */
  readonly addresses: readonly ReportedAddress[];
  /** The IP addresses on which Envoy listens, or all. */
  readonly binds: readonly string[];
  /** Only where Gateways share the addresses of a Service: on which ports Envoy listens for its ports. */
  readonly shared?: SharedPorts;
  /** Why it has not got all that it asks for. */
  readonly fault?: AddressFault;
  readonly problems: readonly Problem[];
}

/** The ports of a Service, with the ports on which Envoy listens for them, or only their names. */
export interface SharedPorts {
  readonly service: ObjectRef;
  readonly targets: Readonly<Record<number, number | string>>;
}

/** Why a Gateway has not got all addresses that it asks for. */
export interface AddressFault {
  readonly reason: 'AddressNotUsable' | 'AddressNotAssigned';
  readonly message: string;
}

/** What its owner is told of a Gateway that has not got all addresses that it asks for. */
export const faultProblems = (
  object: ObjectRef,
  fault: AddressFault | undefined,
): readonly Problem[] =>
  fault === undefined
    ? []
    : [{ _tag: 'NotAttached', object, field: 'spec.addresses', reason: fault.message }];
