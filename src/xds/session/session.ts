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
import { outlive, type Outlived } from './outlived.ts';
import type { Before, Pending } from './pending.ts';
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
  /** The version of each resource the Envoy has; `unknownVersion` if it may be any. */
  readonly held: Held;
  readonly outlived: Outlived;
  /** What was held of a name before that became unknown. */
  readonly before: Collection<string, Before>;
  /** Names to look at before the next response: the only ones that can have something to send. */
  readonly due: Collection<string, Due>;
  readonly pending?: Pending;
  readonly narrowing?: Narrowing;
  readonly refused: Collection<string, Refusal>;
  /** Names whose version is trusted because the client says so; it was not sent on this stream. */
  readonly trusted: Collection<string, true>;
  /** Names that clients may have made up. */
  readonly spare?: SpareNames;
  /** Whether the first request has been answered or needs no answer: see `firstRequest`. */
  readonly mayStaySilent: boolean;
  /** How often a response took everything that was due, and how often that has been answered. */
  readonly taken: number;
  readonly answered: number;
}

/**
 * The server names for which an Envoy keeps a certificate although none is for exactly that name:
 * names that match a pattern, and other spellings. Clients can make them up, and Envoy forgets none
 * by itself.
 */
export interface SpareNames {
  readonly young: Collection<string, true>;
  readonly old: Collection<string, true>;
}

/** Stands for a version that cannot be known: Envoy refused a response with several resources. */
export const unknownVersion = '';

/** A session nobody has asked for yet, with what this Envoy refused on earlier streams. */
export const openSession = (typeUrl: TypeUrl, refusals: readonly Refusal[]): Session => ({
  typeUrl,
  held: empty(),
  outlived: empty(),
  before: empty(),
  due: empty(),
  refused: from(refusals.map((refusal) => [refusal.name, refusal])),
  trusted: empty(),
  mayStaySilent: false,
  taken: 0,
  answered: 0,
});

/**
 * Notes what a request asks for. Its nonce does not matter here, because a request with a stale
 * nonce changes subscriptions too (xDS protocol, "ACK and NACK semantics": stale requests).
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
 * forgotten it (xDS protocol, "Subscribing to resources"; Envoy issue 22418). A name that is
 * unsubscribed from under a wildcard is answered too, because it is still wanted ("Unsubscribing").
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

/**
 * Drops what is known of names that are not wanted any more: the client has dropped them. If nothing else was due, that
 * counts as taken, so that nobody waits for it for ever.
 */
const forget = (session: Session, names: Iterable<string>): Session => {
  if (session.subscription === undefined) return session;
  const { subscription, held, outlived, before, due, trusted } = session;
  const dropped = [...names].filter((name) => !wants(subscription, name));
  if (dropped.length === 0) return session;
  const left = withEdits(due, removals(dropped));
  return {
    ...session,
    held: withEdits(held, removals(dropped)),
    outlived: withEdits(outlived, removals(dropped)),
    before: withEdits(before, removals(dropped)),
    due: left,
    trusted: withEdits(trusted, removals(dropped)),
    taken: due.size > 0 && left.size === 0 ? session.taken + 1 : session.taken,
  };
};

/** Makes due what differs between two versions of the resources, at the cost of what differs. */
export const changedBetween = (
  session: Session,
  before: Collection<string, Resource>,
  after: Collection<string, Resource>,
): Session => {
  const { subscription, held, outlived, due, pending } = session;
  if (before === after || subscription === undefined) return session;
  return before.size === 0 && held.size > 0 && pending === undefined
    ? { ...session, ...firstSight(subscription, held, due, after) }
    : changed(
        { ...session, outlived: outlive(outlived, held, before, after) },
        changedNames(before, after),
      );
};

/** Computed once for all Envoys, as the same change concerns every one. */
const changedNames = remember(
  (before: Collection<string, Resource>, after: Collection<string, Resource>): readonly string[] =>
    diff(before, after).map(({ key }) => key),
);

/** Makes names due whose resource may have changed; names that are not wanted are left out. */
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

/** Makes names due that must be sent, held or not; names that are not wanted are left out. */
export const owe = (session: Session, names: Iterable<string>): Session => {
  const { subscription } = session;
  if (subscription === undefined) return session;
  const owed = [...names].filter((name) => wants(subscription, name));
  return owed.length === 0
    ? session
    : { ...session, due: withEdits(session.due, owed.map(dueAs('Owed'))) };
};

/** Forgets that names were refused, so that they are sent once more. */
export const unrefused = (session: Session, names: Iterable<string>): Session => {
  const again = [...names].filter((name) => has(session.refused, name));
  return again.length === 0
    ? session
    : { ...changed(session, again), refused: withEdits(session.refused, removals(again)) };
};

/** Owes the trusted names, if there are such resources; none is trusted any more. */
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

/** Forgets which names are trusted: they have proven true, or it never matters. */
export const confirmed = (session: Session): Session =>
  session.trusted.size === 0 ? session : { ...session, trusted: empty() };

/** Whether there may be something to send now. */
export const mayHaveNews = (session: Session): boolean =>
  session.subscription !== undefined &&
  session.pending === undefined &&
  (session.due.size > 0 ||
    session.narrowing !== undefined ||
    !session.mayStaySilent ||
    session.answered !== session.taken);

/** Whether the Envoy has answered everything: nothing is under way and no culprit is looked for. */
export const isQuiet = ({ pending, narrowing }: Session): boolean =>
  pending === undefined && narrowing === undefined;

/** The value of `answered` once everything that is due or under way now has been answered. */
export const milestone = (session: Session): number => {
  if (session.narrowing !== undefined || session.due.size > 0) return session.taken + 1;
  return session.pending === undefined ? session.answered : session.taken;
};

/** Whether `answered` has reached that value; nobody waits for a type that was not asked for. */
export const isReached = ({ subscription, answered }: Session, count: number): boolean =>
  subscription === undefined || answered >= count;

/** The refusals that still stand: the version that was refused is the present one. */
export const standingRefusals = ({ refused }: Session, view: View): readonly Refusal[] =>
  refused.size === 0
    ? none
    : [...values(refused)].filter(({ name, version }) => look(view, name)?.version === version);

const none: readonly Refusal[] = [];
