/** What was read, made safe to walk; and what had to be left out of it. */
export interface Plain {
  readonly value: unknown;
  /** Paths of fields named `__proto__`. */
  readonly forbidden: readonly Path[];
  /** Paths of fields that are `null`. */
  readonly nulls: readonly Path[];
  /** Paths of values nested too deep. */
  readonly tooDeep: readonly Path[];
  /** The bytes of all texts and names of fields in it, in UTF-8. */
  readonly bytes: number;
}

/** The keys that lead to a value, from the outside in. */
export type Path = readonly string[];

/** How deep a value may be nested. */
export const depthLimit = 64;

/**
 * A JSON value with sorted keys, so that objects that are equal read the same.
 *
 * Kubernetes drops fields that are `null`, and so do we. As it does, half of a character is replaced: no text that is sent
 * may have one. `__proto__` and what is nested too deep are
 * left out, so that everything after this may recurse and assign without care. What needs no change
 * is not copied: nearly all that an API server sends is as it should be.
 */
export const plain = (raw: unknown): Plain => {
  const found: Found = { path: [], forbidden: [], nulls: [], tooDeep: [], bytes: 0 };
  const value = made(raw, found);
  const { forbidden, nulls, tooDeep, bytes } = found;
  return { value, forbidden, nulls, tooDeep, bytes };
};

/** What a walk has found, and the path to where it is. */
interface Found {
  readonly path: string[];
  readonly forbidden: Path[];
  readonly nulls: Path[];
  readonly tooDeep: Path[];
  bytes: number;
}

const made = (value: unknown, found: Found): unknown => {
  if (typeof value === 'string') {
    found.bytes += Buffer.byteLength(value);
    return value.toWellFormed();
  }
  if (typeof value === 'number') return finite(value);
  if (typeof value !== 'object' || value === null) return json(value);
  if (found.path.length >= depthLimit) return void found.tooDeep.push([...found.path]);
  return Array.isArray(value) ? madeList(value, found) : madeFields(value, found);
};

const madeList = (list: readonly unknown[], found: Found): unknown => {
  let changed: unknown[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    found.path.push(String(i));
    const item = made(list[i], found) ?? null;
    found.path.pop();
    if (!Object.is(item, list[i])) changed ??= list.slice();
    if (changed !== undefined) changed[i] = item;
  }
  return changed ?? list;
};

const madeFields = (value: object, found: Found): unknown => {
  const given = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(value);
  const isFit = isSorted(keys) && Object.getPrototypeOf(value) === Object.prototype;
  let changed: Record<string, unknown> | undefined = isFit ? undefined : {};
  for (const key of isFit ? keys : keys.sort()) {
    found.path.push(key);
    found.bytes += key.length;
    const isForbidden = key === '__proto__';
    if (isForbidden) found.forbidden.push([...found.path]);
    else if (given[key] === null) found.nulls.push([...found.path]);
    const field = isForbidden ? undefined : (made(given[key], found) ?? undefined);
    found.path.pop();
    if (field === undefined || !Object.is(field, given[key])) changed ??= before(given, keys, key);
    if (changed !== undefined && field !== undefined) changed[key] = field;
  }
  return changed ?? value;
};

/** The fields before the field `end`. */
const before = (
  given: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  end: string,
): Record<string, unknown> =>
  Object.fromEntries(keys.slice(0, keys.indexOf(end)).map((key) => [key, given[key]]));

const isSorted = (keys: readonly string[]): boolean => {
  let last = '';
  for (const key of keys) {
    if (key < last) return false;
    last = key;
  }
  return true;
};

/** JSON knows neither infinities nor -0. */
const finite = (value: number): unknown => (Number.isFinite(value) ? value + 0 : String(value));

const json = (value: unknown): unknown =>
  typeof value === 'boolean' || value === null ? value : undefined;
