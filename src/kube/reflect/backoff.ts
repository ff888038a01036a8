import { ApiFault } from './api-fault.ts';
import type { Moment } from './observed.ts';
import type { Cause, Interrupted } from './reflected.ts';
import type { Reflection, Turn } from './reflection.ts';

/** The shortest and the longest ceiling of a wait after a failure, in milliseconds. */
const shortest = 200;
const longest = 30_000;

/** The longest that a server may ask to be left alone. */
const longestAsked = 300_000;

/** What lasts less is not worth mention, be it a watch or trouble. */
const aMoment = 1000;

/** So many idle watches are the sign of a version that the server has forgotten without saying so. */
const mostIdle = 3;

/** Exponential, with full jitter: any time up to a ceiling, which doubles with each failure. */
export const backoff = (failures: number, { roll }: Moment): number =>
  roll * Math.min(longest, shortest * 2 ** (failures - 1));

/** Begins again with everything. */
export const relist = (from: Reflection): Reflection => ({
  ...from,
  attempt: from.streams ? 'StreamingList' : 'PagedList',
  idle: 0,
});

/** Goes on from where we are, once the server has confirmed that it was there too. */
export const resume = (from: Reflection): Reflection =>
  from.resourceVersion === undefined || from.announced !== undefined
    ? relist(from)
    : { ...from, attempt: 'Confirm' };

/** Whether what is wrong has been so for longer than a moment. */
export const isInTrouble = ({ trouble }: Reflection, { now }: Moment): boolean =>
  trouble !== undefined && now - trouble.since >= aMoment;

/** The server ended a watch, which is what it does every few minutes. */
export const closed = (from: Reflection, moment: Moment): Turn<never> => {
  const rest = rested(from, moment);
  const idle = hasLasted(from, moment) ? 0 : from.idle + 1;
  if (idle < mostIdle) return over({ ...rest, idle, delay: backoff(1, moment) });
  return over(relist(failedOnce(rest, moment)));
};

/** A watch is silent: its connection may be dead, or its version unknown to the server. */
export const silent = (from: Reflection, moment: Moment): Turn<never> =>
  over(resume({ ...rested(from, moment), delay: backoff(1, moment) }));

/** A list ended before it was complete; a server that ignores `sendInitialEvents` does that. */
export const unfinished = (from: Reflection, moment: Moment): Turn<never> => {
  const streams = from.streams && from.attempt !== 'StreamingList';
  const fault = new ApiFault('the API server did not finish a list');
  return failed({ ...from, streams }, fault, moment, resume);
};

/** An attempt failed; `next` says how to go on. */
export const failed = (
  from: Reflection,
  fault: ApiFault,
  moment: Moment,
  next: (from: Reflection) => Reflection,
): Turn<never> => {
  if (from.attempt === 'StreamingList' && (isRefusal(fault) || isTooLarge(fault)))
    return over(relist({ ...from, streams: false, delay: 0 }));
  const rest = failedOnce(rested(from, moment), moment);
  const delay = rest.delay + Math.min(fault.retryAfterMs ?? 0, longestAsked);
  const isAsked = fault.retryAfterMs !== undefined;
  const { reflection, said } = troubled({ ...rest, delay, isAsked }, fault, moment);
  return { reflection: (isLost(fault) ? relist : next)(reflection), said, isOver: true };
};

const over = (reflection: Reflection): Turn<never> => ({ reflection, said: [], isOver: true });

const hasLasted = ({ since }: Reflection, { now }: Moment): boolean =>
  since !== undefined && now - since >= aMoment;

/** After a watch that lasted the waits are short again. */
const rested = (from: Reflection, moment: Moment): Reflection => ({
  ...from,
  since: undefined,
  failures: hasLasted(from, moment) ? 0 : from.failures,
});

const failedOnce = (from: Reflection, moment: Moment): Reflection => {
  const failures = from.failures + 1;
  return { ...from, failures, delay: backoff(failures, moment) };
};

/**
 * Announces trouble when it is met again a moment after it began: an API server that starts may say
 * for an instant that a kind does not exist.
 */
const troubled = (
  from: Reflection,
  fault: ApiFault,
  moment: Moment,
): { readonly reflection: Reflection; readonly said: readonly Interrupted[] } => {
  const cause = causeOf(fault);
  const isNew = from.trouble?.cause !== cause;
  const reflection = isNew ? { ...from, trouble: { cause, since: moment.now } } : from;
  return from.announced === cause || !isInTrouble(reflection, moment)
    ? { reflection, said: [] }
    : {
        reflection: { ...reflection, announced: cause },
        said: [{ _tag: 'Interrupted', cause, message: fault.message }],
      };
};

/** 401 is about no kind: as long as the server does not know who we are nothing can be read. */
const causeOf = ({ status }: ApiFault): Cause => {
  if (status === 404) return 'NotInstalled';
  return status === 403 ? 'Forbidden' : 'Unreachable';
};

/** The server does not know a parameter or its value. */
const isRefusal = ({ status }: ApiFault): boolean => status === 400 || status === 422;

/** The server has not got to the version it should start from (504, Kubernetes API concepts). */
const isTooLarge = ({ details }: ApiFault): boolean =>
  details?.causes.some(({ reason }) => reason === 'ResourceVersionTooLarge') === true;

/** Our version is of no use: forgotten (410), unknown, or none at all to this server. */
const isLost = (fault: ApiFault): boolean =>
  fault.status === 410 ||
  fault.reason === 'Expired' ||
  fault.reason === 'Gone' ||
  isTooLarge(fault) ||
  isRefusal(fault);
