import { empty, has } from '../../collection/collection.ts';
import type { Snapshot } from '../snapshot.ts';
import { TypeUrl, typeUrls } from '../type-url.ts';
import { certificatesChanged, changedServerNames } from './certificates-changed.ts';
import type { Refusal } from './discovery.ts';
import { atRest, noneRests, type Resting } from './resting.ts';
import type { Retry } from './retry.ts';
import { changedBetween, openSession, standingRefusals, type Session } from './session.ts';
import { recounted } from './spare-names.ts';
import type { View } from './view.ts';
import { beginWave, mark, type Wave } from './wave.ts';

/**
 * One ADS stream as a value: what one Envoy asked for, what it holds of each type, and which
 * snapshot it is being brought to.
 */
export interface Conversation {
  readonly node: string;
  readonly maxBytes: number;
  readonly sessions: Sessions;
  /** Load assignments and secrets are taken from it: they refer to nothing, so they never wait. */
  readonly latest: Snapshot;
  readonly wave: Wave;
  /** Whether any snapshot has been published; nothing is sent before. */
  readonly ready: boolean;
  /**
   * Whether to trust the versions of load assignments and secrets that the client brought along.
   * They are trusted while the first wave changes nothing. If it changes something, they are sent
   * again: an Envoy may wait for them although it holds them (Envoy issues 22418 and 47309).
   */
  readonly trust: 'Untested' | 'Doubted' | 'Confirmed';
  /** The listeners that could not be bound, if there are any. */
  readonly retry?: Retry | undefined;
  /** The clusters that are gone and not removed yet. */
  readonly resting: Resting;
  /** Whether the Envoy has answered a response on this stream. */
  readonly responsive: boolean;
  /** Counts responses; the next nonce follows from it. */
  readonly sent: number;
}

/** A session for each type. */
type Sessions = { readonly [T in TypeUrl]: Session };

/** Who is at the other end, and what is known of it. */
export interface Opening {
  readonly node: string;
  /** What this Envoy refused on earlier streams. */
  readonly refused?: readonly Refusal[];
  /** The size of resources after which a response ends. */
  readonly maxBytes?: number;
}

const responseBytes = 4 * 1024 * 1024;

/** Begins a conversation. Its nonces are its own: a nonce is scoped to the stream. */
export const open = ({ node, refused = [], maxBytes = responseBytes }: Opening): Conversation => ({
  node,
  maxBytes,
  sessions: everyType((typeUrl) =>
    openSession(
      typeUrl,
      refused.filter((refusal) => refusal.typeUrl === typeUrl),
    ),
  ),
  latest: nothing,
  wave: { ...beginWave(nothing, nothing.certificates), phase: 'Over' },
  ready: false,
  trust: 'Untested',
  resting: noneRests,
  responsive: false,
  sent: 0,
});

/** The resources of one type as this Envoy should see them now. */
export const viewOf = ({ latest, wave, sessions }: Conversation, typeUrl: TypeUrl): View => {
  const { target, formerCertificates } = wave;
  const still = target.resources[typeUrl];
  const current = isLeaf(typeUrl) ? latest.resources[typeUrl] : still;
  switch (typeUrl) {
    case TypeUrl.Secret: {
      const certificates = [latest.certificates, target.certificates, formerCertificates];
      return { current, still, certificates };
    }
    case TypeUrl.Extension: {
      const { refused, held } = sessions[TypeUrl.Cluster];
      if (refused.size === 0) return { current, still };
      return { current, still, lacks: (name) => has(refused, name) && !has(held, name) };
    }
    default:
      return { current, still };
  }
};

/** What this Envoy refuses of the present resources. */
export const refusals = (conversation: Conversation): readonly Refusal[] =>
  refusing(conversation).flatMap((typeUrl) =>
    standingRefusals(conversation.sessions[typeUrl], viewOf(conversation, typeUrl)),
  );

/** The types of which anything was refused: hardly ever any. */
const refusing = ({ sessions }: Conversation): readonly TypeUrl[] =>
  typeUrls.filter((typeUrl) => sessions[typeUrl].refused.size > 0);

/** The conversation with one session replaced. */
export const withSession = (conversation: Conversation, session: Session): Conversation =>
  conversation.sessions[session.typeUrl] === session
    ? conversation
    : { ...conversation, sessions: { ...conversation.sessions, [session.typeUrl]: session } };

/** The conversation with other clusters that rest. */
export const withRest = (
  conversation: Conversation,
  { session, resting }: { readonly session: Session; readonly resting: Resting },
): Conversation => withSession({ ...conversation, resting }, session);

/** Begins a wave to the latest snapshot; only what differs between the two targets becomes due. */
export const retarget = (conversation: Conversation): Conversation => ({
  ...conversation,
  wave: beginWave(conversation.latest, conversation.wave.target.certificates),
  sessions: everyType((typeUrl) =>
    changedBetween(
      conversation.sessions[typeUrl],
      conversation.wave.target.resources[typeUrl],
      conversation.latest.resources[typeUrl],
    ),
  ),
});

/**
 * Begins the next phase of the wave. From `Sweeping` on, what only listeners of the former target
 * could ask for is gone.
 */
export const inNextPhase = (conversation: Conversation): Conversation => {
  const { wave, sessions } = conversation;
  if (wave.phase === 'Making')
    return withRest(
      { ...conversation, wave: { ...wave, phase: 'Breaking' } },
      atRest(
        sessions[TypeUrl.Cluster],
        viewOf(conversation, TypeUrl.Cluster),
        conversation.resting,
        viewOf(conversation, TypeUrl.Secret),
      ),
    );
  const { certificates } = wave.target;
  const sweeping: Conversation = {
    ...conversation,
    wave: { ...wave, phase: 'Sweeping', formerCertificates: certificates },
  };
  const changes = changedServerNames(wave.formerCertificates, certificates);
  const secrets = recounted(
    certificatesChanged(sessions[TypeUrl.Secret], wave.formerCertificates, certificates),
    changes,
    viewOf(sweeping, TypeUrl.Secret),
  );
  const swept = mark(sessions[TypeUrl.Endpoints], secrets);
  return withSession({ ...sweeping, wave: { ...sweeping.wave, swept } }, secrets);
};

/** Whether resources of a type refer to no others: load assignments and secrets. */
export const isLeaf = (typeUrl: TypeUrl): boolean =>
  typeUrl === TypeUrl.Endpoints || typeUrl === TypeUrl.Secret;

/** Builds one of something for each type. */
export const everyType = <A>(make: (typeUrl: TypeUrl) => A): { readonly [T in TypeUrl]: A } =>
  typeUrls.reduce<{ [T in TypeUrl]?: A }>((all, typeUrl) => {
    all[typeUrl] = make(typeUrl);
    return all;
  }, {}) as { readonly [T in TypeUrl]: A };

const nothing: Snapshot = {
  seq: 0,
  resources: everyType(() => empty()),
  certificates: empty(),
};
