import { entries, get, withEdits, type Collection } from '../../collection/collection.ts';
import { removals } from '../../collection/removals.ts';
import type { Resource } from '../resource.ts';
import { released } from './answer.ts';
import type { DeltaResponse } from './discovery.ts';
import type { Due } from './due.ts';
import { probe, type Narrowing } from './narrowing.ts';
import type { Before, Item } from './pending.ts';
import { isSentAlone } from './sent-alone.ts';
import { isQuiet, mayHaveNews, type Session } from './session.ts';
import { wants } from './subscription.ts';
import { look, type View } from './view.ts';

/** The session afterwards, with the response if there was something to send. */
interface Reply {
  readonly session: Session;
  readonly response?: DeltaResponse;
}

/** What a response may hold. */
export interface Allowance {
  /** Whether a name that is gone may be removed from an Envoy that holds it. */
  readonly mayRemove: (name: string) => boolean;
  /** Whether a new version may be sent, or that there is none. */
  readonly maySend: (name: string) => boolean;
  /** Whether a version may be sent that takes away what requests may still need. */
  readonly mayNarrow: (name: string) => boolean;
  /** Where a response ends; a single larger resource is sent all the same. */
  readonly maxBytes: number;
}

/**
 * Makes the next response, if there is something to send and nothing is unanswered.
 *
 * There is at most one unanswered response per type: what changes meanwhile is gathered in `due`,
 * so a slow Envoy skips versions and costs no more than it holds.
 */
export const respond = (
  session: Session,
  view: View,
  nonce: string,
  allowance: Allowance,
): Reply => {
  if (!mayHaveNews(session)) return { session };
  if (session.narrowing !== undefined)
    return respondNarrowed(session, session.narrowing, view, nonce, allowance);
  const { updates, gone, settled, complete } = gather(session, view, allowance);
  const taken = session.taken + (complete ? 1 : 0);
  const due = withEdits(
    session.due,
    removals([...settled, ...gone, ...updates.map(({ name }) => name)]),
  );
  const rest = { ...session, due, taken };
  return updates.length === 0 && gone.length === 0 && session.mayStaySilent
    ? { session: { ...rest, answered: taken } }
    : send(rest, view, nonce, updates, gone, complete ? taken : undefined);
};

/** Whether a response would hold a resource now. */
export const hasUpdate = (session: Session, view: View): boolean => {
  if (!isQuiet(session)) return false;
  for (const [name, due] of entries(session.due))
    if (judge(session, view, name, due) === 'Update') return true;
  return false;
};

/** Sends the next suspects; those of which nothing need be sent any more are no longer suspects. */
const respondNarrowed = (
  session: Session,
  narrowing: Narrowing,
  view: View,
  nonce: string,
  allowance: Allowance,
): Reply => {
  const suspects = narrowing.suspects.filter(
    (name) => judge(session, view, name, 'Changed') !== 'Nothing',
  );
  if (suspects.length === 0) return respond(released(session, narrowing), view, nonce, allowance);
  const narrowed = { ...narrowing, suspects };
  const sent = probe(narrowed);
  const updates = sent.flatMap((name) => look(view, name) ?? []);
  const gone = sent.filter((name) => look(view, name) === undefined);
  const due = withEdits(session.due, removals(sent));
  return send({ ...session, narrowing: narrowed, due }, view, nonce, updates, gone, undefined);
};

/** Sorts what is due into what is sent now, what needs nothing and what has to wait. */
const gather = (session: Session, view: View, allowance: Allowance) => {
  const { mayRemove, maySend, mayNarrow, maxBytes } = allowance;
  const isAlone = isSentAlone(session.typeUrl);
  const updates: Resource[] = [];
  const absent: string[] = [];
  const removed: string[] = [];
  const settled: string[] = [];
  let bytes = 0;
  let complete = true;
  let passedOver = 0;
  for (const [name, due] of entries(session.due)) {
    const resource = look(view, name);
    const verdict = judge(session, view, name, due);
    if (verdict === 'Nothing') settled.push(name);
    if (verdict === 'Nothing' || (verdict === 'Removal' && !mayRemove(name))) continue;
    if (verdict === 'Narrowing' && !mayNarrow(name)) continue;
    if ((verdict === 'Update' || verdict === 'Absence') && !maySend(name)) continue;
    const sent = verdict === 'Update' || verdict === 'Narrowing' ? resource : undefined;
    bytes += framing + name.length + (sent?.bytes.length ?? 0);
    const isBegun = updates.length + absent.length + removed.length > 0;
    const mustBeAlone = isAlone && isBegun && (sent !== undefined || updates.length > 0);
    if (mustBeAlone && !isAlike(updates[0], sent)) {
      complete = false;
      passedOver += 1;
      if (passedOver === mostPassedOver) break;
      continue;
    }
    const isFull = isBegun && bytes > maxBytes;
    // A removal always fits: an update in the same response may need the port that it frees.
    if (verdict === 'Removal') removed.push(name);
    else if (isFull) complete = false;
    else if (sent !== undefined) updates.push(sent);
    else absent.push(name);
  }
  // Until Envoy has a resource that narrows, its former version may send requests to names that are
  // gone: they are removed after its answer.
  const isNarrower = updates.some(({ narrows }) => narrows === true);
  return { updates, gone: isNarrower ? absent : [...absent, ...removed], settled, complete };
};

/** How many are looked at to find what may share a response; the others wait for the next one. */
const mostPassedOver = 64;

const isAlike = (one: Resource | undefined, other: Resource | undefined): boolean =>
  one?.content !== undefined && one.content === other?.content;

/** At least what type URL, version and lengths add to the bytes of a resource. */
const framing = 160;

/**
 * What a name needs. `Removal`: it is held and gone. `Narrowing`: it is held, and its new version
 * takes away what requests may still need. `Absence`: the client waits for it and there is nothing
 * to send, or the client should forget it; it is told at once, because it would wait until its
 * fetch timeout (xDS protocol, "Knowing when a requested resource does not exist").
 */
const judge = (
  session: Session,
  view: View,
  name: string,
  due: Due,
): 'Nothing' | 'Update' | 'Narrowing' | 'Removal' | 'Absence' => {
  if (session.subscription === undefined || !wants(session.subscription, name)) return 'Nothing';
  if (due === 'Dropped') return 'Absence';
  const held = get(session.held, name)?.version;
  const found = look(view, name);
  if (found?.keyless === true && found.version === held) return 'Nothing';
  const resource = found?.keyless === true ? undefined : found;
  if (resource === undefined) {
    if (due === 'Owed') return 'Absence';
    return held === undefined ? 'Nothing' : 'Removal';
  }
  if (get(session.refused, name)?.version === resource.version)
    return due === 'Owed' && held === undefined ? 'Absence' : 'Nothing';
  if (held === resource.version) return due === 'Owed' ? 'Update' : 'Nothing';
  const mayBeUsed = due === 'Changed' && held !== undefined;
  return resource.narrows === true && mayBeUsed ? 'Narrowing' : 'Update';
};

/** Records what is sent. Removals come first: if the response is halved, they free ports early. */
const send = (
  session: Session,
  view: View,
  nonce: string,
  resources: readonly Resource[],
  removed: readonly string[],
  completes: number | undefined,
): Reply => {
  const { typeUrl, trusted, refused } = session;
  const items: readonly Item[] = [
    ...removed.map((name) => ({ name, before: beforeOf(session, name) })),
    ...resources.map(({ name, version }) => ({ name, version, before: beforeOf(session, name) })),
  ];
  const pending = { nonce, items, ...(completes === undefined ? {} : { completes }) };
  return {
    session: {
      ...session,
      pending,
      mayStaySilent: true,
      trusted: without(trusted, items),
      refused: without(
        refused,
        refused.size === 0
          ? []
          : items.filter(({ name, version }) => look(view, name)?.version === version),
      ),
    },
    response: { typeUrl, nonce, resources, removed },
  };
};

/** The collection without the names of these items. */
const without = <V>(known: Collection<string, V>, items: readonly Item[]): Collection<string, V> =>
  known.size === 0 ? known : withEdits(known, removals(items.map(({ name }) => name)));

/** What was held of a name when that was last certain. */
const beforeOf = ({ held, before }: Session, name: string): Before => {
  const version = get(held, name)?.version;
  return get(before, name) ?? (version === undefined ? {} : { version });
};
