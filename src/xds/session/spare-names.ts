import { empty, has, keys, remove, set, withEdits } from '../../collection/collection.ts';
import { noServerName } from '../certificate/served-certificate.ts';
import type { DeltaRequest } from './discovery.ts';
import { dueAs } from './due.ts';
import type { Session, SpareNames } from './session.ts';
import { look, type View } from './view.ts';

/** How many of them an Envoy keeps at most; each takes it some 30 KB (measured on 1.40.0). */
export const mostSpareNames = 4096;

/**
 * Counts the names of a request that are spare. When there are too many, Envoy is told that the
 * older half is removed: open connections go on, and the next client that names one waits for it
 * again.
 */
export const withSpareNames = (
  session: Session,
  { subscribe, unsubscribe }: Pick<DeltaRequest, 'subscribe' | 'unsubscribe'>,
  view: View,
): Session => {
  const { spare = none, subscription } = session;
  let { young, old } = spare;
  let { due } = session;
  for (const name of unsubscribe) {
    young = remove(young, name);
    old = remove(old, name);
  }
  for (const name of subscribe) {
    if (!isSpare(view, name)) {
      young = remove(young, name);
      old = remove(old, name);
      continue;
    }
    young = set(young, name, true);
    old = remove(old, name);
    if (young.size < mostSpareNames / 2) continue;
    due = withEdits(due, [...keys(old)].map(dueAs('Dropped')));
    [young, old] = [empty(), young];
  }
  return subscription === undefined || (young === spare.young && old === spare.old)
    ? session
    : { ...session, due, spare: { young, old } };
};

/** Counts names anew: some may have become spare, others may be names of Hosts now. */
export const recounted = (session: Session, names: Iterable<string>, view: View): Session => {
  const { subscription } = session;
  if (subscription === undefined) return session;
  const subscribe = [...names].filter((name) => has(subscription.names, name));
  return withSpareNames(session, { subscribe, unsubscribe: [] }, view);
};

const none: SpareNames = { young: empty(), old: empty() };

const isSpare = (view: View, name: string): boolean =>
  view.certificates !== undefined &&
  name !== noServerName &&
  !name.includes('/') &&
  !view.certificates.some((served) => has(served, name)) &&
  look(view, name) !== undefined;
