import type { ServedCertificates } from '../certificate/served-certificate.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Session } from './session.ts';
import { isReached, milestone } from './session.ts';

/**
 * One snapshot on its way to one Envoy, in an order in which nothing ever refers to what is not
 * there: clusters with their endpoints and secrets, listeners, routes, and last the removals.
 *
 * The target never changes during a wave, so a wave ends however often snapshots come.
 */
export interface Wave {
  readonly target: Snapshot;
  /**
   * Until `Sweeping`, the certificates of the former target: its listeners may still ask for them.
   */
  readonly formerCertificates: ServedCertificates;
  /** `Making`: additions and changes. `Breaking`: clusters that are gone. `Sweeping`: the rest. */
  readonly phase: 'Making' | 'Breaking' | 'Sweeping' | 'Over';
  /** What listeners wait for: the load assignments and secrets of the clusters sent before. */
  readonly clustersWarm: Mark;
  /** What removals wait for: the secrets of the listeners sent before. */
  readonly listenersWarm: Mark;
  /** What the end waits for: everything that was due when sweeping began. */
  readonly swept: Mark;
}

/** A point in two sessions: it is passed when all that was due at that time has been answered. */
interface Mark {
  readonly endpoints: number;
  readonly secrets: number;
}

const passed: Mark = { endpoints: 0, secrets: 0 };

/** A wave at its beginning. */
export const beginWave = (target: Snapshot, formerCertificates: ServedCertificates): Wave => ({
  target,
  formerCertificates,
  phase: 'Making',
  clustersWarm: passed,
  listenersWarm: passed,
  swept: passed,
});

/** A mark that is passed when all that is due now has been answered. */
export const mark = (endpoints: Session, secrets: Session): Mark => ({
  endpoints: milestone(endpoints),
  secrets: milestone(secrets),
});

/** Whether a mark is passed. */
export const isPassed = (at: Mark, endpoints: Session, secrets: Session): boolean =>
  isReached(endpoints, at.endpoints) && isReached(secrets, at.secrets);
