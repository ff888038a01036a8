import { empty, entries, get, has, keys, withEdits } from '../../collection/collection.ts';
import type { Collection } from '../../collection/collection.ts';
import { editOf } from '../../collection/edit.ts';
import { removals } from '../../collection/removals.ts';
import { TypeUrl } from '../type-url.ts';
import { dueAs } from './due.ts';
import type { Session } from './session.ts';
import { look, type View } from './view.ts';

/**
 * Clusters that are gone, and that nothing refers to any more but requests under way: somebody may be asked about
 * them, they may be tried again, or be copied. Envoy answers such a request with an error when its cluster is removed, and
 * one about which it asks as if the one it asks had failed, which may let it pass (asked of 1.40.0). So these clusters are
 * removed later.
 *
 * At the end of a rest the old ones may be removed, and the young ones are old.
 */
export interface Resting {
  readonly young: Collection<string, true>;
  readonly old: Collection<string, true>;
}

/** Nothing is gone. */
export const noneRests: Resting = { young: empty(), old: empty() };

/** How long a rest is, in milliseconds: twice what a request waits for an AuthService, unless it is said otherwise. */
export const restTime = 10_000;

/** Whether something is to be removed later. */
export const isResting = ({ young, old }: Resting): boolean => young.size + old.size > 0;

/** What is to be removed later. */
export const restingNames = ({ young, old }: Resting): readonly string[] => [
  ...keys(young),
  ...keys(old),
];

/** A session with what is to be removed later, which is not due. */
interface Rest {
  readonly session: Session;
  readonly resting: Resting;
}

/**
 * Sets aside what has just gone, but no cluster of which a secret is gone too: routes may still lead to it, and what
 * is behind it must not be trusted with requests when nobody vouches for it any more.
 */
export const atRest = (session: Session, view: View, resting: Resting, secrets: View): Rest => {
  const { due, held, outlived } = session;
  const isWhole = (name: string): boolean =>
    get(outlived, name)?.warmedBy.every(
      (need) => need.typeUrl !== TypeUrl.Secret || look(secrets, need.name) !== undefined,
    ) !== false;
  const gone = [...entries(due)].flatMap(([name, why]) =>
    why === 'Changed' && has(held, name) && look(view, name) === undefined && isWhole(name)
      ? [name]
      : [],
  );
  return gone.length === 0
    ? { session, resting }
    : {
        session: { ...session, due: withEdits(due, removals(gone)) },
        resting: {
          young: withEdits(
            resting.young,
            gone.map((name) => editOf(name, true)),
          ),
          old: withEdits(resting.old, removals(gone)),
        },
      };
};

/** Makes due what has rested, as far as it is not there again. */
export const afterRest = (session: Session, { young, old }: Resting): Rest => {
  const rested = [...keys(old)].filter((name) => get(session.due, name) === undefined);
  return {
    session:
      rested.length === 0
        ? session
        : { ...session, due: withEdits(session.due, rested.map(dueAs('Rested'))) },
    resting: { young: empty(), old: young },
  };
};
