import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Problem } from '../../../problem/problem.ts';

/** Why a reference cannot be followed, as the condition `ResolvedRefs` names it. */
type RefReason =
  | 'RefNotPermitted'
  | 'InvalidKind'
  | 'BackendNotFound'
  | 'UnsupportedProtocol'
  | 'UnsupportedValue'
  | 'InvalidBackendTLSPolicy';

/** A reference that cannot be followed: requests that it should answer fail. */
export interface RefFault {
  readonly _tag: 'Fault';
  readonly reason: RefReason;
  readonly problem: Problem;
  /** The Service that it refers to, where it is there and may be referred to. */
  readonly service?: ObjectKey;
}

/** Says why a reference cannot be followed. */
export const refFault = (reason: RefReason, problem: Problem, service?: ObjectKey): RefFault => ({
  _tag: 'Fault',
  reason,
  problem,
  ...(service !== undefined && { service }),
});
