import { filter, map, merge, NEVER, share, Subject, tap, type Observable } from 'rxjs';

import { listWatch } from '../../../streams/reflect/list-watch.ts';
import { referencedSecrets } from '../../../streams/reflect/referenced-secrets.ts';
import { withoutEchoes } from '../../../streams/reflect/without-echoes.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import { arrival, keyOf, kindEvents, resourceName, type Arrival } from '../../kube/arrival.ts';
import type { Host } from '../../kube/emissary/host.ts';
import { kinds, kindTable, type Kind } from '../../kube/kind.ts';
import type { KubeEvent } from '../../kube/kube-event.ts';
import { secretNotices } from '../../kube/reference/referenced-objects.ts';
import type { Reflected } from '../../kube/reflect/reflected.ts';
import { monotonic } from '../monotonic.ts';
import type { KubeClient } from './kube-client.ts';
import { secretReader, versionOf } from './secret-reader.ts';
import { watchApi, type Selection, type WatchedObjects } from './watch-api.ts';

/** Which objects of a cluster are read. */
export interface ClusterScope extends Selection {
  readonly secretsNamespace?: string;
}

/** How a cluster is read. */
export interface ClusterReading {
  readonly client: KubeClient;
  readonly scope: ClusterScope;
  /** Whose references to Secrets count. */
  readonly isOurs: (host: Host) => boolean;
  /** A Secret that is wanted though no Host refers to it. */
  readonly always: ObjectKey;
  /** Sees every object as it came, before anything of it is left behind. */
  readonly seen: (kind: Kind, key: ObjectKey, raw: unknown) => void;
  /** Hears what happened to a kind. */
  readonly heard: (kind: Kind, reflected: Reflected<{ readonly key: ObjectKey }>) => void;
}

/**
 * Everything we read in a cluster, kind by kind. A source.
 *
 * Each kind is followed by itself: one that is slow, forbidden or not installed delays no other.
 * The selectors in `scope` narrow every kind, as they do in Emissary.
 */
export const clusterEvents = ({
  client,
  scope: { namespace, secretsNamespace = namespace, labelSelector, fieldSelector },
  isOurs,
  always,
  seen,
  heard,
}: ClusterReading): Observable<readonly KubeEvent[]> => {
  const selected = (from: string | undefined): Selection => ({
    ...(from === undefined ? {} : { namespace: from }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  });
  /** When one kind can be read again, the others are tried soon and do not wait for their back-off. */
  const restored$ = new Subject<void>();
  const follow = <A>(
    what: WatchedObjects,
    project: (raw: unknown) => A,
    defined$: Observable<unknown> = NEVER,
  ): Observable<Reflected<A>> => {
    const options = { project, readable$: merge(defined$, restored$), random: Math.random };
    return listWatch(watchApi(client, what), options, monotonic).pipe(
      tap(({ _tag }) => {
        if (_tag === 'Restored') restored$.next();
      }),
    );
  };
  const definition$ =
    namespace === undefined
      ? follow(definitions, (raw) => keyOf(raw).split('/')[1]).pipe(share())
      : NEVER;
  const followKind = (kind: Kind): Observable<readonly KubeEvent[]> => {
    const read = arrival(kind);
    const project = (raw: unknown): Arrival => {
      const arrived = read(raw);
      seen(kind, arrived.key, raw);
      return arrived;
    };
    const name = resourceName(kind);
    const ownDefinition$ = definition$.pipe(filter((one) => 'item' in one && one.item === name));
    return follow({ ...kindTable[kind], ...selected(namespace) }, project, ownDefinition$).pipe(
      tap((reflected) => heard(kind, reflected)),
      withoutEchoes(),
      map(kindEvents(kind)),
    );
  };
  const secrets: WatchedObjects = {
    ...kindTable.Secret,
    ...selected(secretsNamespace),
    metadataOnly: true,
  };
  const notices$ = follow(secrets, (raw) => ({ key: keyOf(raw), version: versionOf(raw) })).pipe(
    tap((reflected) => heard('Secret', reflected)),
    map(secretNotices),
  );
  return merge(
    merge(followKind('Host'), notices$).pipe(
      referencedSecrets({ read: secretReader(client, secrets), isOurs, always }, monotonic),
    ),
    ...kinds.filter((kind) => kind !== 'Host' && kind !== 'Secret').map(followKind),
  );
};

/**
 * Those of all API groups, because no selector can choose one. Whoever may read one namespace only may
 * not read them; then a kind that is missing is asked for again every half minute.
 */
const definitions: WatchedObjects = {
  apiVersion: 'apiextensions.k8s.io/v1',
  plural: 'customresourcedefinitions',
  metadataOnly: true,
};
