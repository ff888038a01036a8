import type { ObjectRef } from '../object-ref.ts';

/** Requests for paths that begin so are answered by Envoy itself: 200, and 503 while it is being drained. */
export interface ProbeFilter {
  readonly _tag: 'Probe';
  readonly prefix: string;
  readonly from: readonly ObjectRef[];
}
