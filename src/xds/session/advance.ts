import { has } from '../../collection/collection.ts';
import { TypeUrl, typeUrls } from '../type-url.ts';
import { allowance, referrers } from './allowance.ts';
import {
  everyType,
  inNextPhase,
  refusals,
  retarget,
  viewOf,
  withSession,
  type Conversation,
} from './conversation.ts';
import type { DeltaResponse, Verdict } from './discovery.ts';
import { hasUpdate, respond } from './respond.ts';
import { retryOf } from './retry.ts';
import { confirmed, distrust, isQuiet, mayHaveNews, owe } from './session.ts';
import { asksForShards } from './shard-filters.ts';
import { isPassed, mark } from './wave.ts';

/** The conversation after an event, the responses to send, and a verdict on each finished wave. */
export interface Turn {
  readonly conversation: Conversation;
  readonly responses: readonly DeltaResponse[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Sends all that may be sent now, in the order of make before break (xDS protocol, "Eventual
 * consistency considerations"): clusters, their load assignments and secrets, listeners, routes.
 * What these no longer use is removed only when they are acknowledged.
 *
 * No type waits for a type without changes, so a change of routes alone is sent at once. The runtime refers to
 * nothing and nothing to it: it waits for nobody, and nobody but the end of the wave for it.
 */
export const advance = (conversation: Conversation): Turn => {
  if (!conversation.ready) return { conversation, responses: [], verdicts: [] };
  let turn = make({
    conversation: hasNewTarget(conversation) ? retarget(conversation) : conversation,
    responses: [],
    verdicts: [],
  });
  for (let next = moved(turn); next !== undefined; next = moved(turn)) turn = make(next);
  return turn;
};

/** One pass over the types, up to the first that has to wait for an answer. */
const make = (turn: Turn): Turn => {
  const { trust, sessions } = turn.conversation;
  if (trust !== 'Untested' && !typeUrls.some((one) => mayHaveNews(sessions[one]))) return turn;
  const limiting = say({ ...turn, conversation: doubted(turn.conversation) }, TypeUrl.Runtime);
  const begun = say(limiting, TypeUrl.Cluster);
  const warming = say(say(begun, TypeUrl.Endpoints), TypeUrl.Secret);
  if (!areClustersWarm(warming.conversation)) return warming;
  const scoping = usesScopes(warming.conversation) ? sayScopes(warming) : warming;
  if (!isQuiet(scoping.conversation.sessions[TypeUrl.ScopedRoutes])) return scoping;
  const listening = say(say(scoping, TypeUrl.Listener), TypeUrl.Secret);
  if (!isQuiet(listening.conversation.sessions[TypeUrl.Listener])) return listening;
  const filtering = say(listening, TypeUrl.Extension);
  if (!isQuiet(filtering.conversation.sessions[TypeUrl.Extension])) return filtering;
  const routing = say(say(filtering, TypeUrl.Routes), TypeUrl.ScopedRoutes);
  return say(routing, TypeUrl.Extension);
};

/**
 * Whether an Envoy uses scopes already; then scopes are sent before listeners. A listener that
 * comes back while connections of its predecessor have kept the filter serves at once, with the
 * scopes that Envoy has.
 */
const usesScopes = ({ sessions }: Conversation): boolean =>
  asksForShards(sessions[TypeUrl.Extension]);

/**
 * Routes may rely on a filter that a listener is to have. While listeners and filters have something to
 * come, only scopes that are new are sent: no request is routed by them yet.
 */
const sayScopes = (turn: Turn): Turn => {
  const { conversation } = turn;
  const areFiltersThere = [TypeUrl.Listener, TypeUrl.Extension].every((typeUrl) => {
    const session = conversation.sessions[typeUrl];
    return isQuiet(session) && !hasUpdate(session, viewOf(conversation, typeUrl));
  });
  const { held } = conversation.sessions[TypeUrl.ScopedRoutes];
  return say(turn, TypeUrl.ScopedRoutes, areFiltersThere ? undefined : (name) => !has(held, name));
};

/** Moves the wave on when all it waited for is answered; `undefined` while it waits. */
const moved = (turn: Turn): Turn | undefined => {
  const { conversation } = turn;
  const { wave, sessions } = conversation;
  const { [TypeUrl.Endpoints]: endpoints, [TypeUrl.Secret]: secrets } = sessions;
  if (wave.phase === 'Over')
    return hasNewTarget(conversation)
      ? { ...turn, conversation: retarget(conversation) }
      : undefined;
  if (!areRoutesInForce(conversation) || !isAcquainted(conversation)) return undefined;
  if (wave.phase !== 'Sweeping') return { ...turn, conversation: inNextPhase(conversation) };
  return isPassed(wave.swept, endpoints, secrets) ? ended(turn) : undefined;
};

/** A wave is over when Envoy has answered all of its target; there is one verdict for it. */
const ended = ({ conversation, responses, verdicts }: Turn): Turn => {
  const { wave, trust, sessions } = conversation;
  const verdict = verdictOf(conversation);
  return {
    conversation: {
      ...conversation,
      wave: { ...wave, phase: 'Over' },
      retry: retryOf(conversation.retry, verdict.refused),
      ...(trust === 'Untested' && {
        trust: 'Confirmed',
        sessions: everyType((typeUrl) => confirmed(sessions[typeUrl])),
      }),
    },
    responses,
    verdicts: [...verdicts, verdict],
  };
};

/** What Envoy makes of the target now. */
export const verdictOf = (conversation: Conversation): Verdict => ({
  _tag: 'Verdict',
  node: conversation.node,
  seq: conversation.wave.target.seq,
  refused: refusals(conversation),
  ...unaskedOf(conversation),
});

const unaskedOf = ({ sessions, wave }: Conversation): Pick<Verdict, 'unasked'> => {
  const unasked = typeUrls.filter(
    (typeUrl) =>
      sessions[typeUrl].subscription === undefined && wave.target.resources[typeUrl].size > 0,
  );
  return unasked.length === 0 ? {} : { unasked };
};

/**
 * Sends the next response of one type, if there may be one, and owes what its resources warm with.
 */
const say = (turn: Turn, typeUrl: TypeUrl, maySend?: (name: string) => boolean): Turn => {
  const { conversation, responses } = turn;
  const { session, response } = respond(
    conversation.sessions[typeUrl],
    viewOf(conversation, typeUrl),
    String(conversation.sent + 1),
    { ...allowance(conversation, typeUrl), ...(maySend !== undefined && { maySend }) },
  );
  const said = withSession(conversation, session);
  if (response === undefined) return { ...turn, conversation: said };
  return {
    ...turn,
    conversation: warming({ ...said, sent: said.sent + 1 }, response),
    responses: [...responses, response],
  };
};

/**
 * Envoy waits for the load assignment of a changed cluster and the certificates of a changed
 * listener, even those it has (Envoy issue 13009). It withholds its answer to the clusters until
 * they are warm (measured on 1.40.0), so they are sent right after the clusters, without waiting.
 */
const warming = (
  conversation: Conversation,
  { typeUrl, resources }: DeltaResponse,
): Conversation => {
  if (typeUrl !== TypeUrl.Cluster && typeUrl !== TypeUrl.Listener) return conversation;
  const needs = resources.flatMap(({ warmedBy }) => warmedBy);
  return leaves.reduce((all, leaf) => {
    const names = needs.filter((need) => need.typeUrl === leaf).map(({ name }) => name);
    return withSession(all, owe(all.sessions[leaf], names));
  }, conversation);
};

const leaves = [TypeUrl.Endpoints, TypeUrl.Secret];

/**
 * Stops trusting what the client brought along as soon as the first wave has something to change.
 */
const doubted = (conversation: Conversation): Conversation => {
  const { trust, sessions } = conversation;
  if (trust !== 'Untested') return conversation;
  const hasChange = [TypeUrl.Cluster, ...referrers].some((typeUrl) =>
    hasUpdate(sessions[typeUrl], viewOf(conversation, typeUrl)),
  );
  if (!hasChange) return conversation;
  const owing = leaves.reduce<Conversation>(
    (all, leaf) => withSession(all, distrust(sessions[leaf], viewOf(all, leaf))),
    { ...conversation, trust: 'Doubted' },
  );
  const now = mark(owing.sessions[TypeUrl.Endpoints], owing.sessions[TypeUrl.Secret]);
  return { ...owing, wave: { ...owing.wave, clustersWarm: now } };
};

const areClustersWarm = ({ sessions, wave }: Conversation): boolean =>
  isQuiet(sessions[TypeUrl.Cluster]) &&
  isPassed(wave.clustersWarm, sessions[TypeUrl.Endpoints], sessions[TypeUrl.Secret]);

const areRoutesInForce = (conversation: Conversation): boolean =>
  areClustersWarm(conversation) &&
  isQuiet(conversation.sessions[TypeUrl.Runtime]) &&
  referrers.every((typeUrl) => isQuiet(conversation.sessions[typeUrl])) &&
  isPassed(
    conversation.wave.listenersWarm,
    conversation.sessions[TypeUrl.Endpoints],
    conversation.sessions[TypeUrl.Secret],
  );

/**
 * Whether the client has asked for every type it is going to ask for, so that nothing is removed
 * that it still uses. After a reconnect, an Envoy that has listeners asks for their routes before
 * it reads any response; once it has answered one, it will ask for no further type. Where no listener
 * has routes, it never asks for any.
 */
const isAcquainted = ({ sessions, responsive, wave: { target } }: Conversation): boolean =>
  sessions[TypeUrl.Cluster].subscription !== undefined &&
  sessions[TypeUrl.Listener].subscription !== undefined &&
  (sessions[TypeUrl.Routes].subscription !== undefined ||
    sessions[TypeUrl.ScopedRoutes].subscription !== undefined ||
    sessions[TypeUrl.Listener].held.size === 0 ||
    [TypeUrl.Routes, TypeUrl.ScopedRoutes].every((one) => target.resources[one].size === 0) ||
    responsive);

/**
 * Whether there is a newer snapshot, and the wave is over or only waits for requests of the client.
 */
const hasNewTarget = (conversation: Conversation): boolean =>
  conversation.latest !== conversation.wave.target &&
  (conversation.wave.phase === 'Over' ||
    (areRoutesInForce(conversation) && !isAcquainted(conversation)));
