import type { ObjectRef } from '../ir/object-ref.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { Problem } from '../problem/problem.ts';

/** What became of an object in the configuration, whatever the Envoys made of that. */
export interface Outcome {
  readonly object: ObjectRef;
  readonly version: ObjectVersion;
  /** Its own, and those of what it cannot do without and what has no status. */
  readonly problems: readonly Problem[];
  /** What is in the configuration: this version of it, an older one, or nothing. */
  readonly serving: 'This' | 'Older' | 'Nothing';
  /** Whether it has a certificate in use; of a Host. */
  readonly certified?: true;
}

/** How far the Envoys are with an object. */
export type Acknowledgement =
  | { readonly _tag: 'Acknowledged' }
  | { readonly _tag: 'Awaited' }
  /** Refused, and the objects at fault are not told yet. */
  | { readonly _tag: 'Refused'; readonly message: string };
