import {
  concat,
  EMPTY,
  filter,
  identity,
  map,
  merge,
  NEVER,
  of,
  share,
  Subject,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';

import { emptyUntilRead } from '../../../streams/reflect/empty-until-read.ts';
import { installed } from '../../../streams/reflect/installed.ts';
import { listWatch } from '../../../streams/reflect/list-watch.ts';
import { noticedByName } from '../../../streams/reflect/noticed-by-name.ts';
import { referencedObjects } from '../../../streams/reflect/referenced-objects.ts';
import { withoutEchoes } from '../../../streams/reflect/without-echoes.ts';
import { recalled } from '../../../streams/recalled.ts';
import { keyParts, type ObjectKey } from '../../ir/object-ref.ts';
import { arrival, keyOf, kindEvents, type Arrival } from '../../kube/arrival.ts';
import { keyIn } from '../../kube/core/scope.ts';
import { definitionEvents } from '../../kube/definition-events.ts';
import {
  isOptional,
  kinds,
  kindTable,
  neededDefinitions,
  resourceName,
  type Kind,
} from '../../kube/kind.ts';
import type { KubeEvent } from '../../kube/kube-event.ts';
import type { LastGood } from '../../kube/last-good.ts';
import { notices, noticesOf, type Notice } from '../../kube/reference/notice.ts';
import {
  fetchedKinds,
  referenceParts,
  referringKinds,
  type Reference,
} from '../../kube/reference/reference.ts';
import type { IsOurs } from '../../kube/reference/references.ts';
import type { Reflected } from '../../kube/reflect/reflected.ts';
import { monotonic } from '../monotonic.ts';
import type { KubeClient } from './kube-client.ts';
import { objectReader, versionOf } from './object-reader.ts';
import { watchApi, type Selection, type WatchedObjects } from './watch-api.ts';

/** Which objects of a cluster are read. */
interface ClusterScope extends Selection {
  readonly secretsNamespace?: string;
  /** Each Secret is asked for by its name; none is listed. */
  readonly secretsByName?: boolean;
  /** `false`: what only the Gateway API needs is read as if it was not installed. */
  readonly gatewayApi?: boolean;
}

interface ClusterReading {
  readonly client: KubeClient;
  readonly scope: ClusterScope;
  /** How many bytes an object may have; absent: the usual number. */
  readonly mostBytes?: number | undefined;
  /** Which objects' references count. */
  readonly isOurs: IsOurs;
  /** Fetched although no object refers to it. */
  readonly always: Reference;
  /** What an earlier run knew of objects that were not valid any more. */
  readonly lastGood: readonly LastGood[];
  /** Is called with every object as it came, before anything of it is dropped. */
  readonly seen: (kind: Kind, key: ObjectKey, raw: unknown) => void;
  /** Is called with what happened to a kind. */
  readonly heard: (kind: Kind, reflected: Reflected<{ readonly key: ObjectKey }>) => void;
}

/**
 * Everything we read in a cluster, kind by kind. A source.
 *
 * Each kind is followed on its own: one that is slow, forbidden or not installed delays no other.
 * The selectors in `scope` narrow every kind, as they do in Emissary, but for what is in no namespace: which
 * labels a Namespace has must be known of all of them.
 */
export const clusterEvents = ({
  client,
  scope: {
    namespace,
    secretsNamespace = namespace,
    secretsByName = false,
    gatewayApi = true,
    labelSelector,
    fieldSelector,
  },
  mostBytes,
  isOurs,
  always,
  lastGood,
  seen,
  heard,
}: ClusterReading): Observable<readonly KubeEvent[]> => {
  const selectionOf = (kind: Kind): Selection => {
    if (kindTable[kind].scope === 'Cluster') return {};
    const from = kind === 'Secret' ? secretsNamespace : namespace;
    return {
      ...(from === undefined ? {} : { namespace: from }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    };
  };
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
      ? follow({ ...kindTable[definition], metadataOnly: true }, arrival(definition)).pipe(share())
      : concat(of(outOfReach), NEVER);
  const whereInstalled = <A>(
    kind: Kind,
    reflected$: Observable<Reflected<A>>,
  ): Observable<Reflected<A>> => {
    const needed = neededDefinitions(kind);
    const none$ = of<Reflected<A>>({ _tag: 'Synced', items: [] });
    const isInReach = namespace === undefined || kindTable[kind].scope === 'Namespaced';
    if (needed === undefined) return isInReach ? reflected$ : none$;
    if (!gatewayApi) return none$;
    return definition$.pipe(
      installed(needed),
      switchMap((isInstalled) => (isInstalled ? reflected$ : none$)),
    );
  };
  const followKind = (kind: Kind): Observable<readonly KubeEvent[]> => {
    const read = arrival(kind, mostBytes);
    const project = (raw: unknown): Arrival => {
      const arrived = read(raw);
      seen(kind, arrived.key, raw);
      return arrived;
    };
    const own = keyIn('Cluster', '', resourceName(kind));
    const ownDefinition$ = definition$.pipe(filter((one) => 'item' in one && one.item.key === own));
    const what = { ...kindTable[kind], ...selectionOf(kind) };
    return whereInstalled(kind, follow(what, project, ownDefinition$)).pipe(
      tap((reflected) => heard(kind, reflected)),
      withoutEchoes(),
      isOptional(kind) ? emptyUntilRead() : identity,
      map(kindEvents(kind)),
      recalled(lastGood),
    );
  };
  const followNames = (kind: Kind): Observable<readonly (KubeEvent | Notice)[]> => {
    const what = { ...kindTable[kind], ...selectionOf(kind), metadataOnly: true };
    return whereInstalled(kind, follow(what, versionIn(kind))).pipe(
      tap((reflected) => heard(kind, reflected)),
      map(notices(kind)),
    );
  };
  const followName = (reference: Reference): Observable<readonly (KubeEvent | Notice)[]> => {
    const [kind, key] = referenceParts(reference);
    const [inNamespace, name] = keyParts(key);
    const { namespace: only = inNamespace, ...selection } = selectionOf(kind);
    if (only !== inNamespace) return EMPTY;
    const fields = [selection.fieldSelector, `metadata.name=${name}`].filter(Boolean).join(',');
    const what = { ...kindTable[kind], ...selection, namespace: only, fieldSelector: fields };
    return follow({ ...what, metadataOnly: true }, versionIn(kind)).pipe(map(noticesOf(reference)));
  };
  const referring$ = merge(...referringKinds.map(followKind));
  const together = [...referringKinds, ...fetchedKinds];
  return merge(
    (secretsByName
      ? referring$.pipe(noticedByName({ isOurs, always, follow: followName }))
      : merge(referring$, ...fetchedKinds.map(followNames))
    ).pipe(
      referencedObjects({ read: objectReader(client, selectionOf), isOurs, always }, monotonic),
      recalled(lastGood),
    ),
    ...kinds.filter((kind) => kind !== definition && !together.includes(kind)).map(followKind),
    definition$.pipe(
      tap((reflected) => heard(definition, reflected)),
      map(definitionEvents),
      filter((events) => events.length > 0),
    ),
  );
};

const versionIn = (kind: Kind) => (raw: unknown) => ({
  key: keyOf(kindTable[kind].scope, raw),
  version: versionOf(raw),
});

/**
 * Of these all groups are followed, because no selector can choose a group. With access to one namespace only
 * they cannot be read; then a missing kind is asked for again every half minute.
 */
const definition: Kind = 'CustomResourceDefinition';

/** What is said of kinds and other objects that belong to the cluster, where one namespace is read. */
const outOfReach: Reflected<Arrival> = {
  _tag: 'Interrupted',
  cause: 'Forbidden',
  message: 'only one namespace is read',
};
