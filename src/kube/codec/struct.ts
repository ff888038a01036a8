import * as t from 'io-ts';

/** An object with fields that must be there and fields that may; what it does not name is dropped. */
export const struct = <Required extends t.Props, Optional extends t.Props>(
  required: Required,
  optional: Optional,
) =>
  t.readonly(
    t.exact(t.intersection([t.type(required, anObject), t.partial(optional, anObject)], anObject)),
    anObject,
  );

const anObject = 'an object';
