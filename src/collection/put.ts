import { withEdits, type Collection } from './collection.ts';
import { editOf } from './edit.ts';
import { equal } from './equal.ts';

/** Sets a key, or removes it for `undefined`; a value equal to the present one changes nothing. */
export const put = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
  value: V | undefined,
): Collection<K, V> => withEdits(collection, [editOf(key, value)], equal);
