import * as t from 'io-ts';

import { recordOf } from './codec/record-of.ts';
import { serviceNameLabel } from './core/endpoint-slice.ts';
import { namespaceNameLabel } from './core/namespace.ts';
import { kindTable, type Kind } from './kind.ts';

/**
 * An object without the labels that mean nothing to us.
 *
 * Hosts, Mappings, Ingresses and Namespaces are chosen by their labels. The labels of Services, slices and Secrets
 * are those of what deployed them: they would be most of what is kept, and each edit of a label would
 * be a change. A Namespace has its name as a label, as the API server sees to it, in a folder too.
 */
export const withRelevantLabels = (
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  if (kind === 'Namespace') return withNameLabel(fields);
  if (areLabelsKept(kind)) return fields;
  const { labels, ...metadata } = recordOf(fields['metadata']);
  if (labels === undefined) return fields;
  const relevant = labelsOf[kind] ?? [];
  const kept = Object.entries(recordOf(labels)).filter(([name]) => relevant.includes(name));
  return {
    ...fields,
    metadata: kept.length === 0 ? metadata : { ...metadata, labels: Object.fromEntries(kept) },
  };
};

/** Whether all labels of objects of this kind can matter. */
const areLabelsKept = (kind: Kind): boolean =>
  kindTable[kind].language === 'emissary' || kind === 'Namespace' || kind === 'Ingress';

const labelsOf: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  EndpointSlice: [serviceNameLabel],
};

const withNameLabel = (
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const metadata = recordOf(fields['metadata']);
  const { name, labels = {} } = metadata;
  return t.UnknownRecord.is(labels)
    ? { ...fields, metadata: { ...metadata, labels: { ...labels, [namespaceNameLabel]: name } } }
    : fields;
};
