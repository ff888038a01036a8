import { fieldsOf } from '../../../build/fields-page.ts';
import { recordOf } from '../../../src/kube/codec/record-of.ts';
import { isKind, kindTable, type Kind } from '../../../src/kube/kind.ts';

/** Every field of a kind, as the page of fields names it: `spec.cors.origins`, `spec.labels.*[]`. */
export const specFieldsOf = (kind: Kind): readonly string[] =>
  fieldsOf(kindTable[kind].codec)
    .map(({ path }) => path)
    .filter((path) => path.startsWith('spec.'));

/** The fields that an object of a kind has, each with its kind: `Mapping spec.prefix`. */
export const usedFields = (raw: unknown): readonly string[] => {
  const { kind, spec } = recordOf(raw);
  if (typeof kind !== 'string' || !isKind(kind)) return [];
  const known = new Set(specFieldsOf(kind));
  return [...used(spec, 'spec', known)].map((path) => `${kind} ${path}`);
};

function* used(value: unknown, path: string, known: ReadonlySet<string>): Generator<string> {
  if (Array.isArray(value)) for (const entry of value) yield* used(entry, `${path}[]`, known);
  else
    for (const [key, entry] of Object.entries(recordOf(value))) {
      const field = `${path}.${key}`;
      if (known.has(field)) yield field;
      yield* used(entry, known.has(field) ? field : `${path}.*`, known);
    }
}
