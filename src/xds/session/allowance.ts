import { get, has, keys, values } from '../../collection/collection.ts';
import type { Resource } from '../resource.ts';
import { filterName, isShardFilter, tableOfShard, type ShardName } from '../shard/shard.ts';
import { TypeUrl } from '../type-url.ts';
import { viewOf, type Conversation } from './conversation.ts';
import { hasUpdate, type Allowance } from './respond.ts';
import { restingNames } from './resting.ts';
import { isUnbound } from './retry.ts';
import { isQuiet, standingRefusals } from './session.ts';
import { wants } from './subscription.ts';
import { look } from './view.ts';

/**
 * What a response of a type may hold now.
 *
 * Listeners are removed together with updates, so that ports can change hands, and routes after
 * them. Scopes are removed when no gate sends requests to them any more, and what all these refer
 * to comes last. While Envoy refuses one of them, its former version stays in force, and so must
 * all it uses. Filters are never removed: Envoy drops them itself with the last connection that
 * uses them.
 */
export const allowance = (conversation: Conversation, typeUrl: TypeUrl): Allowance => ({
  mayRemove: removable(conversation, typeUrl),
  maySend: sendable(conversation, typeUrl),
  mayNarrow: narrowable(conversation, typeUrl),
  maxBytes: conversation.maxBytes,
});

/** The types whose resources refer to clusters. */
export const referrers: readonly TypeUrl[] = [
  TypeUrl.Listener,
  TypeUrl.Routes,
  TypeUrl.ScopedRoutes,
  TypeUrl.Extension,
];

/**
 * A new listener waits for its filters. That of its table comes when every scope has been sent and
 * answered, however many responses they take, and lets it serve.
 */
const sendable = (conversation: Conversation, typeUrl: TypeUrl): ((name: string) => boolean) => {
  if (typeUrl !== TypeUrl.Extension) return () => true;
  const { [TypeUrl.ScopedRoutes]: scopes } = conversation.sessions;
  const areScopesThere =
    scopes.subscription !== undefined &&
    isQuiet(scopes) &&
    !hasUpdate(scopes, viewOf(conversation, TypeUrl.ScopedRoutes));
  return (name) => areScopesThere || !isShardFilter(name);
};

const removable = (conversation: Conversation, typeUrl: TypeUrl): ((name: string) => boolean) => {
  const { phase } = conversation.wave;
  const isUnused = (...by: readonly TypeUrl[]): boolean =>
    ![...referrers, ...by].some((one) => keepsOld(conversation, one));
  switch (typeUrl) {
    case TypeUrl.Runtime:
    case TypeUrl.Listener:
    case TypeUrl.Routes:
      return () => true;
    case TypeUrl.ScopedRoutes:
      return (name) => phase !== 'Making' && !isInUse(conversation, name);
    case TypeUrl.Extension:
      return () => false;
    case TypeUrl.Cluster: {
      const isAllowed = phase !== 'Making' && isUnused() && !isFilterLame(conversation);
      const isNeeded = isAllowed ? clustersThatDrain(conversation) : undefined;
      return (name) => isNeeded?.(name) === false;
    }
    case TypeUrl.Endpoints:
    case TypeUrl.Secret: {
      const isAllowed =
        (phase === 'Sweeping' || phase === 'Over') &&
        isQuiet(conversation.sessions[TypeUrl.Cluster]) &&
        isUnused(TypeUrl.Cluster);
      let isNeeded: ((name: string) => boolean) | undefined;
      return (name) => {
        if (!isAllowed) return false;
        isNeeded ??= neededByClusters(conversation, typeUrl);
        return !isNeeded(name);
      };
    }
  }
};

/**
 * A gate sends requests to the scopes of its table, so it waits until Envoy has all other scopes
 * and refuses none of its table.
 */
const narrowable = (conversation: Conversation, typeUrl: TypeUrl): ((name: string) => boolean) => {
  if (typeUrl !== TypeUrl.ScopedRoutes) return () => true;
  const session = conversation.sessions[typeUrl];
  const view = viewOf(conversation, typeUrl);
  if (hasUpdate(session, view)) return () => false;
  const refused = new Set(standingRefusals(session, view).map(({ name }) => tableOfShard(name)));
  return (name) => !refused.has(name);
};

/**
 * Whether requests may still find a scope that is gone. If its table exists, they may as long as
 * Envoy holds the former gate. If not, open connections may still use it: as long as there are any,
 * Envoy asks for the filter of the table. An Envoy that reconnected and has answered nothing yet
 * may still be about to ask for filters.
 */
const isInUse = (conversation: Conversation, scope: ShardName): boolean => {
  const { [TypeUrl.ScopedRoutes]: scopes, [TypeUrl.Extension]: filters } = conversation.sessions;
  const table = tableOfShard(scope);
  const gate = look(viewOf(conversation, TypeUrl.ScopedRoutes), table);
  if (gate !== undefined) return get(scopes.held, table)?.version !== gate.version;
  return filters.subscription === undefined
    ? !conversation.responsive
    : wants(filters.subscription, filterName(table));
};

/**
 * Whether requests on open connections may still be sent to a cluster that is gone: by a scope or a filter
 * that is gone too. Every cluster may be one where it is not known what such a resource refers to.
 */
const clustersThatDrain = (conversation: Conversation): ((name: string) => boolean) => {
  const users = [
    ...kept(conversation, TypeUrl.ScopedRoutes, (name) => isInUse(conversation, name)),
    ...kept(conversation, TypeUrl.Extension, () => true),
  ];
  return (name) => users.some((user) => user === undefined || user.sendsTo?.(name) === true);
};

/** Whether a cluster that is gone and kept needs a load assignment or a secret. */
const neededByClusters = (
  conversation: Conversation,
  typeUrl: TypeUrl,
): ((name: string) => boolean) => {
  const users = kept(conversation, TypeUrl.Cluster, () => true);
  const needs = users.flatMap((user) => user?.warmedBy ?? []);
  const names = new Set(needs.filter((need) => need.typeUrl === typeUrl).map(({ name }) => name));
  const isUnknown = users.includes(undefined);
  return (name) => isUnknown || names.has(name);
};

/** What is gone and kept; `undefined` for a resource whose content is not known. */
const kept = (
  conversation: Conversation,
  typeUrl: TypeUrl,
  isKept: (name: string) => boolean,
): readonly (Resource | undefined)[] => {
  const { due, held, outlived } = conversation.sessions[typeUrl];
  const view = viewOf(conversation, typeUrl);
  const resting = typeUrl === TypeUrl.Cluster ? restingNames(conversation.resting) : [];
  return [...keys(due), ...resting]
    .filter((name) => has(held, name) && look(view, name) === undefined && isKept(name))
    .map((name) => get(outlived, name));
};

/**
 * Whether a filter lets nothing pass because this Envoy refuses its cluster. Until it is known who is at fault, requests
 * may still wait for the answer of the former one, and without its cluster that fails.
 */
const isFilterLame = (conversation: Conversation): boolean => {
  const { lacks, current } = viewOf(conversation, TypeUrl.Extension);
  if (lacks === undefined) return false;
  return [...values(current)].some(({ needs }) => needs !== undefined && lacks(needs.cluster));
};

/**
 * Whether a refusal may leave an older version of some resource of a type in force. A new listener that
 * could not be bound has none.
 */
const keepsOld = (conversation: Conversation, typeUrl: TypeUrl): boolean => {
  const session = conversation.sessions[typeUrl];
  const { subscription, held } = session;
  return (
    subscription !== undefined &&
    standingRefusals(session, viewOf(conversation, typeUrl)).some(
      (refusal) =>
        wants(subscription, refusal.name) && (has(held, refusal.name) || !isUnbound(refusal)),
    )
  );
};
