import * as t from 'io-ts';

import { recordOf } from '../codec/record-of.ts';
import { fromVersion0 } from '../legacy/legacy-version-0.ts';

/** A document of an annotation as an object of Kubernetes. */
interface Unfolded {
  readonly value: unknown;
  /** The fields of its spec are not below `spec`. */
  readonly isFlat: boolean;
}

/**
 * The object that a document in an annotation means, as Emissary takes it: `name`, `namespace` and
 * `metadata_labels` are of its metadata, every other field is of its spec. It is in the namespace of its carrier and
 * has the labels of it, unless it says otherwise. It is as old as its carrier, whatever it says.
 */
export const unfolded = (document: unknown, namespace: string, carrier: unknown): Unfolded => {
  if (!t.UnknownRecord.is(document)) return { value: document, isFlat: false };
  const { uid, labels: carriersLabels, creationTimestamp } = recordOf(carrier);
  const {
    apiVersion,
    kind,
    metadata,
    spec,
    status: _,
    generation: _generation,
    ...rest
  } = document;
  const { name, namespace: own, metadata_labels: labels, ...fields } = rest;
  const written = recordOf(metadata);
  const isFlat = !t.UnknownRecord.is(spec);
  const version =
    typeof apiVersion === 'string' ? apiVersion.replace(/^ambassador\//, group) : apiVersion;
  return {
    value: fromVersion0({
      apiVersion: version,
      kind,
      metadata: {
        name: name ?? written['name'],
        namespace: given(own) ?? given(written['namespace']) ?? namespace,
        labels: labels ?? written['labels'] ?? carriersLabels,
        annotations: written['annotations'],
        uid,
        creationTimestamp,
      },
      spec: { ...recordOf(spec), ...fields },
    }),
    isFlat,
  };
};

/** To Emissary an empty namespace is none. */
const given = (namespace: unknown): unknown => (namespace === '' ? undefined : namespace);

const group = 'getambassador.io/';
