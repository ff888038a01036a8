import {
  empty,
  from,
  has,
  keys,
  values,
  withEdits,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { remember } from '../../collection/remember.ts';
import { removals } from '../../collection/removals.ts';
import type { Resource } from '../resource.ts';
import type { TypeUrl } from '../type-url.ts';
import type { DeltaRequest, Refusal } from './discovery.ts';
import { dueAs, type Due } from './due.ts';
import { firstRequest, firstSight } from './first-request.ts';
import type { Held } from './held.ts';
import type { Narrowing } from './narrowing.ts';
import {
  subscribed,
  unsubscribed,
  wants,
  wildcardName,
  type Subscription,
} from './subscription.ts';
import { look, names, type View } from './view.ts';

/**
 * One resource type on one stream: what the Envoy asked for, what it holds, what it refused, and the
 * one response it has not answered yet.
 */
export interface Session {
  readonly typeUrl: TypeUrl;
  /** Absent until the type is asked for. */
  readonly subscription?: Subscription;
  /** The version of each resource the Envoy has; `unknownVersion` when it may be any. */
  readonly held: Held;
  /** What was held of a name before it became unknown. */
  readonly before: Collection<string, Before>;
  /** Names to look at before the next response: the only ones that can have something to send. */
  readonly due: Collection<string, Due>;
  readonly pending?: Pending;
  readonly narrowing?: Narrowing;
  readonly refused: Collection<string, Refusal>;
  /** Names whose version was taken from the client's word and has not been sent on this stream. */
  readonly trusted: Collection<string, true>;
  /** Names that clients may have made up. */
  readonly spare?: SpareNames;
  /** Whether it may be left without a first answer: see `firstRequest`. */
  readonly greeted: boolean;
  /** How often everything that was due has been taken, and how often it has been answered. */
  readonly taken: number;
  readonly answered: number;
}

/** What was held; without a version it was nothing. */
export interface Before {
  readonly version?: string;
}

/**
 * The server names an Envoy keeps a certificate for, though there is none for just that name: those that
 * lie in a pattern, and other spellings. Clients can make them up, and Envoy forgets none by itself.
 */
export interface SpareNames {
  readonly young: Collection<string, true>;
  readonly old: Collection<string, true>;
}

/** A response that waits for its answer. */
export interface Pending {
  readonly nonce: string;
  readonly items: readonly Item[];
  /** The value of `taken` that its answer completes; absent when something due was left for later. */
  readonly completes?: number;
}

/** One name in a response; without a version it is a removal. */
export interface Item {
  readonly name: string;
  readonly version?: string;
  /** What was held of it before, as far as that was certain. */
  readonly before: Before;
}

/** Stands for a version that cannot be known: Envoy refused a response that held other things too. */
export const unknownVersion = '';

/** A session nobody has asked for yet, with what this Envoy refused on earlier streams. */
export const openSession = (typeUrl: TypeUrl, refusals: readonly Refusal[]): Session => ({
  typeUrl,
  held: empty(),
  before: empty(),
  due: empty(),
  refused: from(refusals.map((refusal) => [refusal.name, refusal])),
  trusted: empty(),
  greeted: false,
  taken: 0,
  answered: 0,
});

/**
 * Takes note of what a request wants; its nonce plays no part, because a request with a stale nonce
 * changes subscriptions all the same (xDS protocol, "ACK and NACK semantics": stale requests).
 */
export const asked = (session: Session, request: DeltaRequest, view: View): Session =>
  session.subscription === undefined
    ? {
        ...session,
        ...firstRequest(request.subscribe, request.initialVersions, view.current, view.still),
      }
    : askedAgain(session, session.subscription, request, view);

/**
 * A later request. A name that is subscribed to is answered even if it is held: the client may have
 * forgotten it (xDS protocol, "Subscribing to resources"; Envoy issue 22418). A name taken back
 * while the wildcard stands is answered too, because it is still wanted ("Unsubscribing").
 */
const askedAgain = (
  session: Session,
  before: Subscription,
  { subscribe, unsubscribe }: DeltaRequest,
  view: View,
): Session => {
  const subscription = unsubscribed(subscribed(before, subscribe), unsubscribe);
  const dropped = unsubscribe.includes(wildcardName) && before.wildcard;
  const named = { ...session, subscription };
  const all = subscription.wildcard && !before.wildcard ? changed(named, names(view)) : named;
  const kept = forget(all, dropped ? [...keys(all.held), ...keys(all.due)] : unsubscribe);
  const owed = [...subscribe, ...(subscription.wildcard ? unsubscribe : [])].filter(
    (name) => name !== wildcardName,
  );
  return owe(kept, owed);
};

/** Drops what is known of names that are not wanted any more: the client has dropped them. */
const forget = (session: Session, names: Iterable<string>): Session => {
  if (session.subscription === undefined) return session;
  const { subscription, held, before, due, trusted } = session;
  const dropped = [...names].filter((name) => !wants(subscription, name));
  return dropped.length === 0
    ? session
    : {
        ...session,
        held: withEdits(held, removals(dropped)),
        before: withEdits(before, removals(dropped)),
        due: withEdits(due, removals(dropped)),
        trusted: withEdits(trusted, removals(dropped)),
      };
};

/** Notes what differs between two versions of the resources; costs no more than that. */
export const changedBetween = (
  session: Session,
  before: Collection<string, Resource>,
  after: Collection<string, Resource>,
): Session => {
  const { subscription, held, due, pending } = session;
  if (before === after || subscription === undefined) return session;
  return before.size === 0 && held.size > 0 && pending === undefined
    ? { ...session, ...firstSight(subscription, held, due, after) }
    : changed(session, changedNames(before, after));
};

/** The same change concerns every Envoy. */
const changedNames = remember(
  (before: Collection<string, Resource>, after: Collection<string, Resource>): readonly string[] =>
    diff(before, after).map(({ key }) => key),
);

/** Notes names whose resource may have changed; those nobody wants are left out. */
export const changed = (session: Session, changes: Iterable<string>): Session => {
  const { subscription, due } = session;
  if (subscription === undefined) return session;
  const names: readonly string[] = Array.isArray(changes) ? changes : [...changes];
  if (due.size === 0 && names.every((name) => wants(subscription, name)))
    return names.length === 0 ? session : { ...session, due: allChanged(names) };
  const news = names.filter((name) => !has(due, name) && wants(subscription, name));
  return news.length === 0
    ? session
    : { ...session, due: withEdits(due, news.map(dueAs('Changed'))) };
};

const allChanged = remember((names: readonly string[]): Session['due'] =>
  withEdits(empty(), names.map(dueAs('Changed'))),
);

/** Notes names that must be sent, held or not; those nobody wants are left out. */
export const owe = (session: Session, names: Iterable<string>): Session => {
  const { subscription } = session;
  if (subscription === undefined) return session;
  const owed = [...names].filter((name) => wants(subscription, name));
  return owed.length === 0
    ? session
    : { ...session, due: withEdits(session.due, owed.map(dueAs('Owed'))) };
};

/** Owes what the client said it holds, as far as there is such a thing; it is not trusted again. */
export const distrust = (session: Session, view: View): Session =>
  session.trusted.size === 0
    ? session
    : {
        ...owe(
          session,
          [...keys(session.trusted)].filter((name) => look(view, name) !== undefined),
        ),
        trusted: empty(),
      };

/** Forgets what was taken on trust: it has proven true, or is never looked at. */
export const confirmed = (session: Session): Session =>
  session.trusted.size === 0 ? session : { ...session, trusted: empty() };

/** Whether there may be something to send now. */
export const mayHaveNews = (session: Session): boolean =>
  session.subscription !== undefined &&
  session.pending === undefined &&
  (session.due.size > 0 ||
    session.narrowing !== undefined ||
    !session.greeted ||
    session.answered !== session.taken);

/** Whether the Envoy has answered everything: nothing is under way and no culprit is looked for. */
export const isQuiet = ({ pending, narrowing }: Session): boolean =>
  pending === undefined && narrowing === undefined;

/** The count of `answered` at which all that is due or under way now has been answered. */
export const milestone = (session: Session): number => {
  if (session.narrowing !== undefined || session.due.size > 0) return session.taken + 1;
  return session.pending === undefined ? session.answered : session.taken;
};

/** Whether that count is reached; a type nobody asked for keeps nobody waiting. */
export const isReached = ({ subscription, answered }: Session, count: number): boolean =>
  subscription === undefined || answered >= count;

/** The refusals that still stand: the version that was refused is the one there is. */
export const standingRefusals = ({ refused }: Session, view: View): readonly Refusal[] =>
  refused.size === 0
    ? none
    : [...values(refused)].filter(({ name, version }) => look(view, name)?.version === version);

const none: readonly Refusal[] = [];
