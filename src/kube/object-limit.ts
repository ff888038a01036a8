import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { isTold, type Kind } from './kind.ts';

/** How many bytes one object may have, where nothing else is chosen. */
export const usualObjectLimit = 262_144;

/**
 * Whether an object is larger than one may be: what users write in a language. Of what is
 * made by controllers, such as an EndpointSlice, or is another's to bound, such as a Secret, every size is taken.
 */
export const tooLarge = (
  object: ObjectRef,
  kind: Kind,
  bytes: number,
  most: number,
): readonly Problem[] =>
  bytes > most && isTold(kind)
    ? [
        {
          _tag: 'InvalidField',
          object,
          field: '',
          expected: `an object of at most ${most} bytes`,
          got: `one of ${bytes}`,
        },
      ]
    : [];
