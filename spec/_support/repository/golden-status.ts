import { Document, isScalar, visit } from 'yaml';

import { recordOf } from '../../../src/kube/codec/record-of.ts';
import type { ManifestFile } from '../../../src/manifest/manifest.ts';
import type { Outcome } from '../../../src/status/outcome.ts';
import { statusFor } from '../../../src/status/status.ts';

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
 * Objects of Emissary of which the conditions say the same stand together, each in a line with its other
 * fields; so do objects of the Gateway API with the same status. Of what is another controller's nothing is said, and features
 * of a GatewayClass would be the same in every case.
 */
export const statusText = (outcomes: readonly Outcome[]): string => {
  const told = outcomes.flatMap((outcome): readonly Told[] => {
    const status = statusFor(outcome, { _tag: 'Acknowledged' });
    const { object } = outcome;
    if (!('report' in status)) {
      const { conditions, ...fields } = status;
      return [{ object, fields, same: { conditions } }];
    }
    const { supportedFeatures: _, ...same } = status.report;
    return Object.keys(same).length === 0 ? [] : [{ object, fields: {}, same }];
  });
  const groups = Map.groupBy(told, ({ same }) => JSON.stringify(same));
  return inLines(
    [...groups.values()].map((group) => ({
      objects: Object.fromEntries(group.map(({ object, fields }) => [object, fields])),
      ...group[0]?.same,
    })),
  );
};

interface Told {
  readonly object: string;
  readonly fields: object;
  /** What other objects may say as well. */
  readonly same: object;
}

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
