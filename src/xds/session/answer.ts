import { set, withEdits } from '../../collection/collection.ts';
import { editOf } from '../../collection/edit.ts';
import { removals } from '../../collection/removals.ts';
import { TypeUrl } from '../type-url.ts';
import type { DeltaRequest } from './discovery.ts';
import { isSameVersion, sharedWith } from './held.ts';
import { acquitted, convicted, type Narrowing } from './narrowing.ts';
import type { Item, Pending } from './pending.ts';
import { isSentAlone } from './sent-alone.ts';
import { owe, unknownVersion, type Session } from './session.ts';
import { wants } from './subscription.ts';
import type { View } from './view.ts';

/**
 * Takes Envoy's answer to the response under way: an ACK, or a NACK with a message.
 *
 * An answer with another nonce is about an older response and is ignored (xDS protocol, "ACK and
 * NACK semantics").
 */
export const answered = (
  session: Session,
  { current }: View,
  { nonce, error }: Pick<DeltaRequest, 'nonce' | 'error'>,
): Session => {
  const { pending, ...rest } = session;
  if (pending === undefined || pending.nonce !== nonce) return session;
  return error === undefined
    ? shared(accepted(rest, pending), current)
    : refused(rest, pending, error);
};

/** Ends a search: what was set aside for later is owed now, all together. */
export const released = (session: Session, { later }: Narrowing): Session => {
  const { narrowing: _, ...rest } = session;
  return owe(rest, later);
};

const accepted = (session: Session, { items, completes }: Pending): Session => {
  const holding = hold(session, items);
  if (session.narrowing === undefined)
    return { ...holding, answered: Math.max(session.answered, completes ?? 0) };
  return goOn(holding, acquitted(session.narrowing));
};

/**
 * If several items are refused together, it is unknown what Envoy holds of each, because it may
 * have applied some (Envoy issue 32880), and a search for the culprit begins. A single item is the
 * culprit: what Envoy held of it before stays in force, and this version is not sent again.
 *
 * Secrets that are refused together are one certificate under several names. Of a secret or filter,
 * Envoy keeps the refused content for listeners to come, and refuses these too (measured on 1.40.0). So
 * its former version must be sent again, should it come back.
 */
const refused = (session: Session, { items, completes }: Pending, message: string): Session => {
  if (items.length === 1 || isSentAlone(session.typeUrl))
    return items.reduce((rest, item) => refuse(rest, item, message, completes), session);
  const unknown = items.reduce(doubt, session);
  return goOn(
    unknown,
    session.narrowing === undefined
      ? { suspects: items.map(({ name }) => name), later: [] }
      : convicted(session.narrowing),
  );
};

const refuse = (
  session: Session,
  item: Item,
  message: string,
  completes: number | undefined,
): Session => {
  const { name, version, before } = item;
  const { narrowing, typeUrl } = session;
  const isKept = isSentAlone(typeUrl) && before.version !== undefined;
  const former = isKept ? { version: unknownVersion } : before;
  const held = hold(session, [version === undefined ? { name } : { name, ...former }]);
  // A handshake may wait for it.
  const told =
    typeUrl === TypeUrl.Secret && former.version === undefined ? owe(held, [name]) : held;
  const restored = {
    ...told,
    refused:
      version === undefined
        ? session.refused
        : set(session.refused, name, { typeUrl, name, version, message }),
  };
  return narrowing === undefined
    ? { ...restored, answered: Math.max(session.answered, completes ?? 0) }
    : goOn(restored, convicted(narrowing));
};

const goOn = (session: Session, narrowing: Narrowing): Session =>
  narrowing.suspects.length === 0 ? released(session, narrowing) : { ...session, narrowing };

/** Records what is held of some names; a name that is not wanted any more is not held. */
const hold = (session: Session, items: readonly Pick<Item, 'name' | 'version'>[]): Session => {
  const { held, outlived, before } = session;
  const edits = items.map(({ name, version }) =>
    editOf(name, version === undefined || !isWanted(session, name) ? undefined : { version }),
  );
  const names = items.map(({ name }) => name);
  return {
    ...session,
    outlived: outlived.size === 0 ? outlived : withEdits(outlived, removals(names)),
    before: before.size === 0 ? before : withEdits(before, removals(names)),
    held: withEdits(held, edits, isSameVersion),
  };
};

const shared = (session: Session, current: View['current']): Session => {
  const held = sharedWith(session.held, current);
  return held === session.held ? session : { ...session, held };
};

/** Records that what is held of one name is unknown, and what it was before. */
const doubt = (session: Session, { name, before }: Item): Session =>
  isWanted(session, name)
    ? {
        ...session,
        before: set(session.before, name, before),
        held: set(session.held, name, { version: unknownVersion }),
      }
    : session;

const isWanted = ({ subscription }: Session, name: string): boolean =>
  subscription !== undefined && wants(subscription, name);
