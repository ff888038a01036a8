import { changed, type Fields } from './legacy-fields.ts';

/** Emissary's conversion wrote such names to hide objects of v3alpha1 from older controllers. */
const mangle = '--apiVersion-v3alpha1-only--';

/** Whether the spec was converted from v3alpha1 and stored as v2. */
export const hasMangledId = ({ ambassador_id: id }: Fields): boolean =>
  asList(id).some((name) => typeof name === 'string' && name.startsWith(mangle));

/** Reads one name as a list of one, `ambassadorId` as `ambassador_id`, and mangled names. */
export const withAmbassadorId = (spec: Fields): Fields => {
  const { ambassador_id: id, ambassadorId: alias } = spec;
  if (alias === undefined && typeof id !== 'string' && !hasMangledId(spec)) return spec;
  return changed(spec, {
    ambassador_id: [...asList(id), ...asList(alias)].map(unmangled),
    ambassadorId: undefined,
  });
};

const asList = (id: unknown): readonly unknown[] => {
  if (id === undefined) return [];
  return Array.isArray(id) ? (id as readonly unknown[]) : [id];
};

const unmangled = (name: unknown): unknown =>
  typeof name === 'string' && name.startsWith(mangle) ? name.slice(mangle.length) : name;
