import { recordOf } from './codec/record-of.ts';
import { serviceNameLabel } from './core/endpoint-slice.ts';
import type { Kind } from './kind.ts';

/**
 * An object without the labels that mean nothing to us.
 *
 * Hosts and Mappings are chosen by their labels. The labels of Services, slices and Secrets are
 * those of what deployed them: they would be most of what is kept, and each edit of a label would
 * be a change.
 */
export const withRelevantLabels = (
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const relevant = labelsOf.get(kind);
  if (relevant === undefined) return fields;
  const { labels, ...metadata } = recordOf(fields['metadata']);
  if (labels === undefined) return fields;
  const kept = Object.entries(recordOf(labels)).filter(([name]) => relevant.has(name));
  return {
    ...fields,
    metadata: kept.length === 0 ? metadata : { ...metadata, labels: Object.fromEntries(kept) },
  };
};

const labelsOf: ReadonlyMap<Kind, ReadonlySet<string>> = new Map([
  ['Service', new Set()],
  ['Secret', new Set()],
  ['EndpointSlice', new Set([serviceNameLabel])],
]);
