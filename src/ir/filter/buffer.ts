import type { ObjectRef } from '../object-ref.ts';

/** A request goes on when all of it is there; one that is too long is answered with 413. */
export interface BufferFilter extends BufferSettings {
  readonly from: readonly ObjectRef[];
}

/** How long a request may be. */
export interface BufferSettings {
  readonly _tag: 'Buffer';
  /** 1 or more. */
  readonly maxRequestBytes: number;
}
