type Maybe<T> = { readonly [K in keyof T]: T[K] | undefined };

/** The record without the properties that have no value. */
export const definedOnly = <T extends object>(record: Maybe<T>): T => {
  const kept: Partial<T> = {};
  for (const key in record) if (record[key] !== undefined) kept[key] = record[key];
  return kept as T;
};
