import type { ObjectRef } from '../ir/object-ref.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { Problem } from '../problem/problem.ts';

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
}

/** How far the Envoys are with an object. */
export type Acknowledgement =
  | { readonly _tag: 'Acknowledged' }
  | { readonly _tag: 'Awaited' }
  /** Refused, but it is not known yet which objects are at fault. */
  | { readonly _tag: 'Refused'; readonly message: string };
