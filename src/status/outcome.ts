import type { ObjectRef } from '../ir/object-ref.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { Problem } from '../problem/problem.ts';
import type { Report } from '../translate/contribution/report.ts';

/** What became of an object in the configuration, apart from the answers of Envoys. */
export interface Outcome {
  readonly object: ObjectRef;
  readonly version: ObjectVersion;
  /** Its own, and those of the objects it refers to that have no status. */
  readonly problems: readonly Problem[];
  /** What is in the configuration: this version of it, an older one, or nothing. */
  readonly serving: 'This' | 'Older' | 'Nothing';
  /** Only for a Host: it has a certificate in use. */
  readonly certified?: true;
  /** The problems for which its codec refused the present version. */
  readonly refusals?: readonly Problem[];
  /** What its language reports, where owners are told in conditions of its own; nothing of another's. */
  readonly report?: Report;
}

/** How far the Envoys are with an object. */
export type Acknowledgement =
  | { readonly _tag: 'Acknowledged' }
  | { readonly _tag: 'Awaited' }
  /** Refused, but it is not known yet which objects are at fault. */
  | { readonly _tag: 'Refused'; readonly message: string };
