import type { Collection } from '../collection/collection.ts';
import { joinEach, type Joined, type Read } from '../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../collection/operator/map-each.ts';
import type { Work } from '../collection/work.ts';
import type { Listener as IrListener, ListenerName } from '../ir/listener.ts';
import { objectRef, refParts, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import { isKind, isOwn, isTranslated, type Kind, type ObjectOf } from '../kube/kind.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import { secretOfHost } from '../kube/reference/secret-of-host.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';
import { isForInstallation } from '../translate/emissary/ambassador-id.ts';
import type { BoundHost } from '../translate/emissary/host/binding.ts';
import type { CompiledListener } from '../translate/emissary/listener/listener-binding.ts';
import type { Translation } from '../translate/translate.ts';
import type { Outcome } from './outcome.ts';

/** A store and what was made of it. */
export interface Translated {
  readonly store: SyncedStore;
  readonly translation: Translation;
}

/** What outcomes are computed from. */
type OutcomeTables = { readonly [K in Kind]: ObjectOf<K> } & {
  readonly found: readonly Problem[];
  readonly decoded: readonly Problem[];
  readonly bound: BoundHost;
  readonly used: Collection<string, true>;
  readonly compiled: CompiledListener;
  readonly opened: IrListener;
};

/** The outcome of every object that has an owner to tell, with the states to make the next ones. */
export interface OutcomeGraph {
  readonly own: Mapped<ObjectRef, ObjectVersion, ObjectVersion>;
  readonly outcomes: Joined<ObjectRef, ObjectVersion, OutcomeTables, Outcome>;
}

/** Finds out, by change, what became of each object of our kinds that is for this installation. */
export const outcomesFor = (ambassadorId: string) => {
  const outcomeEach = joinEach<ObjectRef, ObjectVersion, OutcomeTables, Outcome>(
    (version, object, read) => outcomeOf(ambassadorId, object, version, read),
  );
  return function* (
    previous: OutcomeGraph | undefined,
    { store, translation }: Translated,
  ): Work<OutcomeGraph> {
    const { graphs, problems } = translation;
    const own = yield* ownOnly(previous?.own, store.versions);
    const outcomes = yield* outcomeEach(previous?.outcomes, own.output, {
      ...store.objects,
      found: problems,
      decoded: store.problems,
      bound: graphs.hosts.bound.output,
      used: graphs.routes.users.output,
      compiled: graphs.listeners.compiled.output,
      opened: graphs.opened.listeners.output,
    });
    return { own, outcomes };
  };
};

const ownOnly = mapEach((version: ObjectVersion, object: ObjectRef) => {
  const [kind] = refParts(object);
  return isKind(kind) && isOwn(kind) ? version : undefined;
});

const outcomeOf = (
  ambassadorId: string,
  object: ObjectRef,
  version: ObjectVersion,
  read: Read<OutcomeTables>,
): Outcome | undefined => {
  const [kind, key] = refParts(object);
  if (!isKind(kind)) return undefined;
  const good = read(kind, key);
  const ids = good === undefined ? version.ambassadorId : idsOf(good);
  if (!isForInstallation(ids, ambassadorId)) return undefined;
  const isRefused = (read('decoded', object) ?? []).some(({ _tag }) => refusing.has(_tag));
  const isServed = good !== undefined && serves(kind, key, read);
  return {
    object,
    version,
    problems: [...(read('found', object) ?? []), ...problemsOfSecret(kind, key, read)],
    serving: isServed ? (isRefused ? 'Older' : 'This') : 'Nothing',
    ...(kind === 'Host' && read('bound', key)?.secret !== undefined ? { certified: true } : {}),
  };
};

/** The problems for which a codec refuses an object; the version it was good in last stays. */
const refusing: ReadonlySet<Problem['_tag']> = new Set(['InvalidField', 'UnsupportedVersion']);

/** A Secret has no status; whose certificate it holds is told instead. */
const problemsOfSecret = (
  kind: Kind,
  key: ObjectKey,
  read: Read<OutcomeTables>,
): readonly Problem[] => {
  const host = kind === 'Host' ? read('Host', key) : undefined;
  const secret = host === undefined ? undefined : secretOfHost(host);
  return secret === undefined ? [] : (read('found', objectRef('Secret', secret)) ?? []);
};

/** Whether anything of an object is in the configuration. */
const serves = (kind: Kind, key: ObjectKey, read: Read<OutcomeTables>): boolean => {
  switch (kind) {
    case 'Mapping':
      return (read('used', key)?.size ?? 0) > 0;
    case 'Host':
      return (read('bound', key)?.chains.length ?? 0) > 0;
    case 'Listener': {
      const name: ListenerName | undefined = read('compiled', key)?.open?.listener.name;
      const ref = objectRef(kind, key);
      return name !== undefined && read('opened', name)?.from.includes(ref) === true;
    }
    default:
      return isTranslated(kind); // it configures others, and shows in them
  }
};

const idsOf = (object: ObjectOf<Kind>): readonly string[] | undefined =>
  'spec' in object && object.spec !== undefined && 'ambassador_id' in object.spec
    ? object.spec.ambassador_id
    : undefined;
