import { empty, keys } from '../../collection/collection.ts';
import type { Snapshot } from '../snapshot.ts';
import { TypeUrl, typeUrls } from '../type-url.ts';
import { advance, verdictOf, type Turn } from './advance.ts';
import { answered } from './answer.ts';
import { certificatesChanged } from './certificates-changed.ts';
import {
  everyType,
  isLeaf,
  retarget,
  viewOf,
  withRest,
  withSession,
  type Conversation,
} from './conversation.ts';
import type { DeltaRequest } from './discovery.ts';
import { afterRest } from './resting.ts';
import {
  asked,
  changedBetween,
  confirmed,
  distrust,
  owe,
  unrefused,
  type Session,
} from './session.ts';
import { asksForShards, holdsShards } from './shard-filters.ts';
import { recounted, withSpareNames } from './spare-names.ts';
import { look, type View } from './view.ts';
import { mark } from './wave.ts';

/** Advances a conversation by one event. */
export const step = (conversation: Conversation, event: ConversationEvent): Turn => {
  switch (event._tag) {
    case 'Published':
      return advance(published(conversation, event.snapshot));
    case 'Requested':
      return withLateVerdict(conversation, advance(requested(conversation, event.request)));
    case 'Retried':
      return advance(retried(conversation));
    case 'Rested':
      return advance(
        withRest(
          conversation,
          afterRest(conversation.sessions[TypeUrl.Cluster], conversation.resting),
        ),
      );
  }
};

/**
 * Adds a verdict if Envoy refuses something although the wave was over: a certificate that it asked for
 * in a handshake. Nobody knows when the next wave comes.
 */
const withLateVerdict = ({ wave, sessions }: Conversation, turn: Turn): Turn => {
  const { refused } = turn.conversation.sessions[TypeUrl.Secret];
  return wave.phase === 'Over' &&
    turn.conversation.wave.phase === 'Over' &&
    turn.verdicts.length === 0 &&
    refused.size > sessions[TypeUrl.Secret].refused.size
    ? { ...turn, verdicts: [verdictOf(turn.conversation)] }
    : turn;
};

/** What can happen in a conversation. */
export type ConversationEvent =
  | { readonly _tag: 'Published'; readonly snapshot: Snapshot }
  | { readonly _tag: 'Requested'; readonly request: DeltaRequest }
  /** Time has passed since listeners could not be bound. */
  | { readonly _tag: 'Retried' }
  /** Time has passed since clusters are gone: one rest. */
  | { readonly _tag: 'Rested' };

const published = (conversation: Conversation, snapshot: Snapshot): Conversation => {
  const { latest } = conversation;
  const sessions = everyType((typeUrl) =>
    isLeaf(typeUrl)
      ? changedBetween(
          conversation.sessions[typeUrl],
          latest.resources[typeUrl],
          snapshot.resources[typeUrl],
        )
      : conversation.sessions[typeUrl],
  );
  const next: Conversation = { ...conversation, ready: true, latest: snapshot, sessions };
  const secrets = certificatesChanged(
    sessions[TypeUrl.Secret],
    latest.certificates,
    snapshot.certificates,
  );
  // Before the first snapshot nobody could tell which names are spare.
  const early = conversation.ready ? [] : keys(secrets.subscription?.names ?? empty());
  return withSession(next, recounted(secrets, early, viewOf(next, TypeUrl.Secret)));
};

const requested = (conversation: Conversation, request: DeltaRequest): Conversation => {
  const typeUrl = typeUrls.find((known) => known === request.typeUrl);
  // A type that is not served is not answered: its client waits no longer than its fetch timeout.
  if (typeUrl === undefined) return conversation;
  const before = conversation.sessions[typeUrl];
  const view = viewOf(conversation, typeUrl);
  const noted = withSpareNames(asked(before, request, view), request, view);
  const after = request.nonce === '' ? noted : answered(noted, view, request);
  const isNew = before.subscription === undefined && isLeaf(typeUrl);
  const isDoubtful = isLeaf(typeUrl) && conversation.trust !== 'Confirmed';
  const known = isDoubtful ? after : confirmed(after);
  const heard = withSession(conversation, isNew ? caughtUp(conversation, known, view) : known);
  const isOwed = isFirstFilter(before, after) || isAfterFilters(before, heard);
  const next = isOwed ? scopesOwed(heard) : heard;
  const isAnswer = before.pending !== undefined && after.pending === undefined;
  return isAnswer ? { ...warmed(next, typeUrl), responsive: true } : next;
};

/** Sends the listeners again that could not be bound, in a wave of its own if none is under way. */
const retried = (conversation: Conversation): Conversation => {
  const { retry, wave } = conversation;
  if (retry === undefined) return conversation;
  const begun = wave.phase === 'Over' ? retarget(conversation) : conversation;
  const listeners = unrefused(begun.sessions[TypeUrl.Listener], retry.names);
  return withSession({ ...begun, retry: { ...retry, attempts: retry.attempts + 1 } }, listeners);
};

/**
 * Whether an Envoy that had no connection manager with scoped routes left makes one again: it asks
 * for the filter of a table and did not before. In its first request of the stream, it must hold none.
 */
const isFirstFilter = (before: Session, after: Session): boolean =>
  after.typeUrl === TypeUrl.Extension &&
  asksForShards(after) &&
  !(before.subscription === undefined ? holdsShards(after) : asksForShards(before));

/** The same if an Envoy asks for filters before it asks for scopes: it holds no filter yet. */
const isAfterFilters = ({ typeUrl, subscription }: Session, { sessions }: Conversation): boolean =>
  typeUrl === TypeUrl.ScopedRoutes &&
  subscription === undefined &&
  asksForShards(sessions[TypeUrl.Extension]) &&
  !holdsShards(sessions[TypeUrl.Extension]);

/**
 * It waits for scopes without asking, because its subscription is still there (measured on 1.40.0).
 */
const scopesOwed = (conversation: Conversation): Conversation => {
  const { [TypeUrl.ScopedRoutes]: session } = conversation.sessions;
  return withSession(conversation, owe(session, keys(session.held)));
};

/**
 * If load assignments or secrets are asked for after what warms up with them was sent, they are
 * owed as if they had been asked for before.
 */
const caughtUp = (conversation: Conversation, leaf: Session, view: View): Session => {
  const needs = [TypeUrl.Cluster, TypeUrl.Listener].flatMap((typeUrl) => {
    const referrers = viewOf(conversation, typeUrl);
    const underWay = conversation.sessions[typeUrl].pending?.items ?? [];
    return underWay.flatMap(({ name }) => look(referrers, name)?.warmedBy ?? []);
  });
  const owed = needs.filter(({ typeUrl }) => typeUrl === leaf.typeUrl).map(({ name }) => name);
  return owe(conversation.trust === 'Doubted' ? distrust(leaf, view) : leaf, owed);
};

/**
 * Envoy subscribes for what a new cluster or listener needs while it processes the response, before
 * it answers it (measured on 1.40.0), so when the answer comes, everything to wait for has been
 * asked for.
 */
const warmed = (conversation: Conversation, typeUrl: TypeUrl): Conversation => {
  const { sessions, wave } = conversation;
  const now = mark(sessions[TypeUrl.Endpoints], sessions[TypeUrl.Secret]);
  if (typeUrl === TypeUrl.Cluster) return { ...conversation, wave: { ...wave, clustersWarm: now } };
  return typeUrl === TypeUrl.Listener
    ? { ...conversation, wave: { ...wave, listenersWarm: { ...now, endpoints: 0 } } }
    : conversation;
};
