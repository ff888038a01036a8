import { editOf, type Edit } from './edit.ts';

/** The edits that remove some keys. */
export const removals = <K extends string, V>(keys: readonly K[]): readonly Edit<K, V>[] =>
  keys.map((key) => editOf<K, V>(key, undefined));
