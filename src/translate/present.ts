type Maybe<T> = { readonly [K in keyof T]: T[K] | undefined };

/** The record without the properties that have no value. */
export const present = <T extends object>(record: Maybe<T>): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
