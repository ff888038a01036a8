import { arrival, kindEvents } from '../../src/kube/arrival.ts';
import { isKind } from '../../src/kube/kind.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import { watchFrame } from '../../src/kube/reflect/watch-frame.ts';
import type { Manifest } from '../_support/world/builders.ts';

/** What happens to an object, as a watch says it. */
export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED';

/**
 * An object as an API server sends it: with what it adds to what a user wrote, who manages which
 * field of it, and the status that a controller gave it. About 1.2 KB for a Mapping.
 */
export const stored = (object: Manifest, version: number): object => {
  const { name } = object.metadata;
  const bare = Object.fromEntries(Object.entries(object).filter(([field]) => field !== 'metadata'));
  return {
    ...bare,
    metadata: {
      ...object.metadata,
      uid: `6f1c2c3e-0f6e-4f6b-9d8e-${String(name).padStart(12, '0').slice(-12)}`,
      resourceVersion: String(version),
      generation: version,
      creationTimestamp: '2026-11-23T06:00:00Z',
      annotations: {
        'meta.helm.sh/release-name': 'shops',
        'meta.helm.sh/release-namespace': 'shops',
      },
      managedFields: [
        {
          manager: 'kubectl-client-side-apply',
          operation: 'Update',
          apiVersion: object.apiVersion,
          time: '2026-11-23T06:00:00Z',
          fieldsType: 'FieldsV1',
          fieldsV1: {
            'f:metadata': { 'f:annotations': { '.': {}, 'f:meta.helm.sh/release-name': {} } },
            'f:spec': { '.': {}, 'f:hostname': {}, 'f:prefix': {}, 'f:resolver': {} },
          },
        },
      ],
    },
    ...(object.apiVersion.startsWith('getambassador.io/') && {
      status: {
        conditions: [
          {
            type: 'Accepted',
            status: 'True',
            reason: 'Accepted',
            message: 'Envoy has accepted it',
            observedGeneration: version,
            lastTransitionTime: '2026-11-23T06:00:00Z',
          },
        ],
      },
    }),
  };
};

/** One line of a watch, without its line break. */
export const watchLine = (type: WatchType, object: Manifest, version: number): Buffer =>
  Buffer.from(JSON.stringify({ type, object: stored(object, version) }));

/** What a line of a watch means, read as the source that follows a cluster reads it. */
export const eventsOf = (line: Buffer): readonly KubeEvent[] => {
  const value: unknown = JSON.parse(decoder.decode(line));
  const frame = watchFrame(value);
  if (frame._tag !== 'Changed') throw new Error(`expected a change, got ${frame._tag}`);
  const { kind } = (value as { readonly object: { readonly kind: string } }).object;
  if (!isKind(kind)) throw new Error(`expected ${kind} to be ours`);
  return kindEvents(kind)({ _tag: frame.how, item: arrival(kind)(frame.object) });
};

const decoder = new TextDecoder('utf-8', { fatal: true });
