import { Document, isScalar, visit } from 'yaml';

import { recordOf } from '../../../src/kube/codec/record-of.ts';
import type { ManifestFile } from '../../../src/manifest/manifest.ts';
import { statusOf } from '../../../src/status/object-status.ts';
import type { Outcome } from '../../../src/status/outcome.ts';

/**
 * The file as if an API server gave its objects: each has a uid, without which nobody is told of it.
 *
 * They have no generation, because `observedGeneration` would say the same in every condition.
 */
export const stored = (file: ManifestFile): ManifestFile => ({
  ...file,
  objects: file.objects.map(({ raw, position }, i) => {
    const object = recordOf(raw);
    const metadata = { ...recordOf(object['metadata']), uid: `object ${i}` };
    return { raw: { ...object, metadata }, position };
  }),
});

/**
 * What the owners of objects are told once every Envoy has acknowledged them.
 *
 * Objects of which the conditions say the same stand together, each in a line with its other fields.
 */
export const statusText = (outcomes: readonly Outcome[]): string => {
  const told = outcomes.map((outcome) => {
    const { conditions, ...fields } = statusOf(outcome, { _tag: 'Acknowledged' });
    return { object: outcome.object, conditions, fields };
  });
  const groups = Map.groupBy(told, ({ conditions }) => JSON.stringify(conditions));
  return inLines(
    [...groups.values()].map((group) => ({
      objects: Object.fromEntries(group.map(({ object, fields }) => [object, fields])),
      conditions: group[0]?.conditions,
    })),
  );
};

/** As YAML, with a line for every map that holds plain values only. */
const inLines = (value: unknown): string => {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, map) => {
      map.flow = map.items.every(({ value: inner }) => isScalar(inner));
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
};
