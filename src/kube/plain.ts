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
  const forbidden: Path[] = [];
  const tooDeep: Path[] = [];
  const copied = (value: unknown, path: Path): unknown => {
    if (typeof value === 'number') return finite(value);
    if (typeof value !== 'object' || value === null) return json(value);
    if (path.length >= depthLimit) return void tooDeep.push(path);
    if (Array.isArray(value))
      return value.map((item: unknown, i) => copied(item, [...path, `${i}`]) ?? null);
    const fields: (readonly [string, unknown])[] = [];
    for (const [key, field] of Object.entries(value).sort(byKey)) {
      const here = [...path, key];
      if (key === '__proto__') forbidden.push(here);
      else {
        const copy = copied(field, here) ?? undefined;
        if (copy !== undefined) fields.push([key, copy]);
      }
    }
    return Object.fromEntries(fields);
  };
  return { value: copied(raw, []), forbidden, tooDeep };
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b);

/** JSON knows neither infinities nor -0. */
const finite = (value: number): unknown => (Number.isFinite(value) ? value + 0 : String(value));

const json = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'boolean' || value === null ? value : undefined;
