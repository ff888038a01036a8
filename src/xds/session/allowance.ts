import { get, has, keys } from '../../collection/collection.ts';
import { filterName, isShardFilter, tableOfShard, type ShardName } from '../shard/shard.ts';
import { TypeUrl } from '../type-url.ts';
import { viewOf, type Conversation } from './conversation.ts';
import { hasUpdate, type Allowance } from './respond.ts';
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
    case TypeUrl.Listener:
    case TypeUrl.Routes:
      return () => true;
    case TypeUrl.ScopedRoutes:
      return (name) => phase !== 'Making' && !isInUse(conversation, name);
    case TypeUrl.Extension:
      return () => false;
    case TypeUrl.Cluster: {
      const isAllowed = phase !== 'Making' && isUnused() && !drains(conversation);
      return () => isAllowed;
    }
    case TypeUrl.Endpoints:
    case TypeUrl.Secret: {
      const isAllowed =
        (phase === 'Sweeping' || phase === 'Over') &&
        isUnused(TypeUrl.Cluster) &&
        !drains(conversation);
      return () => isAllowed;
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
 * Whether scopes or filters that are gone are kept for open connections, and so is what they refer to.
 */
const drains = (conversation: Conversation): boolean =>
  keepsGone(conversation, TypeUrl.ScopedRoutes, (name) => isInUse(conversation, name)) ||
  keepsGone(conversation, TypeUrl.Extension, () => true);

const keepsGone = (
  conversation: Conversation,
  typeUrl: TypeUrl,
  isKept: (name: string) => boolean,
): boolean => {
  const { due, held } = conversation.sessions[typeUrl];
  const view = viewOf(conversation, typeUrl);
  for (const name of keys(due))
    if (has(held, name) && look(view, name) === undefined && isKept(name)) return true;
  return false;
};

/** Whether a refusal leaves an older version of some resource of a type in force. */
const keepsOld = (conversation: Conversation, typeUrl: TypeUrl): boolean => {
  const session = conversation.sessions[typeUrl];
  const { subscription } = session;
  return (
    subscription !== undefined &&
    standingRefusals(session, viewOf(conversation, typeUrl)).some(({ name }) =>
      wants(subscription, name),
    )
  );
};
