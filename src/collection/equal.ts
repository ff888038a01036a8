/**
 * Whether two plain values have the same structure.
 *
 * Objects are compared by their own enumerable properties, so a `Sensitive` is compared by its
 * handle; a property that is `undefined` differs from one that is absent.
 */
export const equal = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => equal(item, b[i]))
    );
  return ownProperties(a) === ownProperties(b) && hasEqual(a, b);
};

/** Makes no list to count, because this runs for every result that is computed again. */
const ownProperties = (of: object): number => {
  let count = 0;
  for (const key in of) if (Object.hasOwn(of, key)) count += 1;
  return count;
};

const hasEqual = (a: object, b: object): boolean => {
  const [left, right] = [a, b] as readonly Readonly<Record<string, unknown>>[];
  for (const key in a)
    if (Object.hasOwn(a, key) && (!Object.hasOwn(b, key) || !equal(left?.[key], right?.[key])))
      return false;
  return true;
};
