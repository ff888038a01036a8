import * as t from 'io-ts';

import type { ObjectKey, ObjectRef } from '../ir/object-ref.ts';

/** Reads a text that has a form. */
export const written = <A extends string>(
  expected: string,
  form: RegExp,
): t.Type<A, A, unknown> => {
  const is = (u: unknown): u is A => typeof u === 'string' && form.test(u);
  return new t.Type(
    expected,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );
};

/**
 * Reads `namespace/name`, and `/name` where a kind is in no namespace. In an annotation a name may hold spaces and
 * slashes.
 */
export const Key = written<ObjectKey>('namespace/name', /^[^ /]*\/.+$/);

/** Reads `Kind namespace/name`, and `Kind /name`. */
export const Ref = written<ObjectRef>('Kind namespace/name', /^[^ ]+ [^ /]*\/.+$/);
