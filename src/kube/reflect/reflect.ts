import {
  backoff,
  closed,
  failed,
  isInTrouble,
  relist,
  resume,
  silent,
  unfinished,
} from './backoff.ts';
import type { Listed, Moment, News, Observed } from './observed.ts';
import { isOlder } from './resource-version.ts';
import { mayRetrySoon, type Reflection, type Turn } from './reflection.ts';

/**
 * Advances the reflection by what an attempt observed.
 *
 * Every list is a consistent read, one without a resource version (Kubernetes API concepts,
 * "Semantics for get and list": most recent). So a list never goes back in time, whichever server
 * answers, and never asks for a version that a restored etcd has not reached.
 */
export const step = <A>(from: Reflection, event: Observed<A>, moment: Moment): Turn<A> => {
  switch (event._tag) {
    case 'Opened':
      return from.attempt === 'Watch'
        ? works(from, moment)
        : { reflection: from, said: [], isOver: false };
    case 'Listed':
      return listed(from, event, moment);
    case 'Upserted':
    case 'Removed':
    case 'Bookmarked':
      return advanced(from, event, moment);
    case 'Confirmed':
      return confirmed(from, event.resourceVersion, moment);
    case 'Closed':
      return from.attempt === 'Watch' ? closed(from, moment) : unfinished(from, moment);
    case 'Silent':
      return from.attempt === 'Watch' ? silent(from, moment) : unfinished(from, moment);
    case 'Broken':
      return failed(from, event.fault, moment, relist);
    case 'Failed':
      return failed(from, event.fault, moment, resume);
  }
};

/** For a kind that may be readable again: the next waits are short, whatever failed before. */
export const retrySoon = (from: Reflection): Reflection =>
  mayRetrySoon(from) ? { ...from, failures: 0 } : from;

/** A watch that was accepted: whatever was wrong is over. */
const works = (from: Reflection, { now }: Moment): Turn<never> => ({
  reflection: { ...from, since: now, trouble: undefined, announced: undefined },
  said: from.announced === undefined ? [] : [{ _tag: 'Restored' }],
  isOver: false,
});

/** A streaming list goes on as a watch; after a paged one a watch has to be accepted first. */
const listed = <A>(
  from: Reflection,
  { items, resourceVersion }: Listed<A>,
  moment: Moment,
): Turn<A> => {
  const isOver = from.attempt === 'PagedList';
  const { reflection, said } = isOver ? { reflection: from, said: [] } : works(from, moment);
  return {
    reflection: { ...reflection, attempt: 'Watch', delay: 0, resourceVersion, idle: 0 },
    said: [...said, { _tag: 'Synced', items }],
    isOver,
  };
};

/** A version lower than ours means that the server has another history now. */
const advanced = <A>(from: Reflection, event: News<A>, moment: Moment): Turn<A> => {
  const { resourceVersion } = event;
  if (isOlder(resourceVersion, from.resourceVersion ?? '')) {
    const failures = from.failures + 1;
    return over(relist({ ...from, failures, delay: backoff(failures, from, moment) }));
  }
  return {
    reflection: { ...from, resourceVersion, idle: 0 },
    said: event._tag === 'Bookmarked' ? [] : [{ _tag: event._tag, item: event.item }],
    isOver: false,
  };
};

/**
 * If the server has not reached our version, etcd was restored from a backup. A watch from our
 * version would be silent until the server reaches it, and would miss every change before. During a
 * long trouble the restored server may even have passed our version, so then everything is listed
 * in any case.
 */
const confirmed = (from: Reflection, latest: string, moment: Moment): Turn<never> =>
  over(
    isOlder(latest, from.resourceVersion ?? '') || isInTrouble(from, moment)
      ? relist({ ...from, delay: 0 })
      : { ...from, attempt: 'Watch', delay: 0 },
  );

const over = (reflection: Reflection): Turn<never> => ({ reflection, said: [], isOver: true });
