/** Fields as they were written. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields after some changes; `undefined` removes a field. */
export const changed = (fields: Fields, changes: Fields): Fields =>
  Object.fromEntries(
    Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== undefined),
  );

/** The fields sorted by name, so that equal objects read the same. */
export const sorted = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The fields, with `change` applied to the named ones; the same object if nothing changes. */
export const mapFields = (
  fields: Fields,
  names: readonly string[],
  change: (value: unknown) => unknown,
): Fields => {
  let changes: Record<string, unknown> | undefined;
  for (const name of names) {
    if (!Object.hasOwn(fields, name)) continue;
    const value = change(fields[name]);
    if (value !== fields[name]) (changes ??= {})[name] = value;
  }
  return changes === undefined ? fields : changed(fields, changes);
};
