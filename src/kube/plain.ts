/** What was read, made safe to walk; and what had to be left out of it. */
export interface Plain {
  readonly value: unknown;
  /** Paths of fields named `__proto__`. */
  readonly forbidden: readonly Path[];
  /** Paths of values nested too deep. */
  readonly tooDeep: readonly Path[];
}

/** The keys that lead to a value, from the outside in. */
export type Path = readonly string[];

/** How deep a value may be nested. */
export const depthLimit = 64;

/**
 * Copies a JSON value, with sorted keys, so that objects that are equal read the same.
 *
 * Kubernetes drops fields that are `null`, and so do we. `__proto__` and what is nested too deep are
 * left out, so that everything after this may recurse and assign without care.
 */
export const plain = (raw: unknown): Plain => {
  const found: Found = { path: [], forbidden: [], tooDeep: [] };
  const value = copied(raw, found);
  return { value, forbidden: found.forbidden, tooDeep: found.tooDeep };
};

/** What a walk finds, and the way to where it is. */
interface Found {
  readonly path: string[];
  readonly forbidden: Path[];
  readonly tooDeep: Path[];
}

const copied = (value: unknown, found: Found): unknown => {
  if (typeof value === 'number') return finite(value);
  if (typeof value !== 'object' || value === null) return json(value);
  if (found.path.length >= depthLimit) return void found.tooDeep.push([...found.path]);
  return Array.isArray(value) ? copiedList(value, found) : copiedFields(value, found);
};

const copiedList = (list: readonly unknown[], found: Found): unknown =>
  list.map((item, i) => {
    found.path.push(String(i));
    const copy = copied(item, found) ?? null;
    found.path.pop();
    return copy;
  });

const copiedFields = (value: object, found: Found): unknown => {
  const fields: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    found.path.push(key);
    if (key === '__proto__') found.forbidden.push([...found.path]);
    else {
      const copy = copied((value as Readonly<Record<string, unknown>>)[key], found) ?? undefined;
      if (copy !== undefined) fields[key] = copy;
    }
    found.path.pop();
  }
  return fields;
};

/** An API server sends most objects with sorted keys. */
const sortedKeys = (value: object): readonly string[] => {
  const keys = Object.keys(value);
  return keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') <= key) ? keys : keys.sort();
};

/** JSON knows neither infinities nor -0. */
const finite = (value: number): unknown => (Number.isFinite(value) ? value + 0 : String(value));

const json = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'boolean' || value === null ? value : undefined;
