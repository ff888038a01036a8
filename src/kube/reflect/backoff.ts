import { ApiFault } from './api-fault.ts';
import type { Moment } from './observed.ts';
import type { Cause, Interrupted } from './reflected.ts';
import type { Reflection, Turn } from './reflection.ts';

/** The lowest upper limit of a wait after a failure, in milliseconds. */
const shortest = 200;

/**
 * The highest upper limit. As long as no trouble lasts, the server works between failures, and changes are to come soon
 * after the last one. Of kinds that cannot reach it for longer, the first that can wakes all others, so it is enough that
 * one of them tries soon. What is not installed or forbidden waits for somebody to change it.
 */
const longest = (from: Reflection, moment: Moment): number => {
  if (!isInTrouble(from, moment)) return 2000;
  return from.trouble?.cause === 'Unreachable' ? 10_000 : 30_000;
};

/** The longest wait that a server may ask for, in milliseconds. */
const longestAsked = 300_000;

/** A watch or a trouble that lasts less than this does not count, in milliseconds. */
const aMoment = 1000;

/** After so many idle watches in a row, the server has probably forgotten our version. */
const mostIdle = 3;

/** The wait after failures, with full jitter: any time up to a limit, which doubles with each. */
export const backoff = (failures: number, from: Reflection, moment: Moment): number =>
  moment.roll * Math.min(longest(from, moment), shortest * 2 ** (failures - 1));

/** The next attempt lists everything again. */
export const relist = (from: Reflection): Reflection => ({
  ...from,
  attempt: from.streams ? 'StreamingList' : 'PagedList',
  idle: 0,
});

/** The next attempt asks whether the server knows our version, so that a watch can go on there. */
export const resume = (from: Reflection): Reflection =>
  from.resourceVersion === undefined || from.announced !== undefined
    ? relist(from)
    : { ...from, attempt: 'Confirm' };

/** Whether something has been wrong for longer than a moment. */
export const isInTrouble = ({ trouble }: Reflection, { now }: Moment): boolean =>
  trouble !== undefined && now - trouble.since >= aMoment;

/** The server ended a watch, as it does every few minutes. */
export const closed = (from: Reflection, moment: Moment): Turn<never> => {
  const rest = rested(from, moment);
  const idle = hasLasted(from, moment) ? 0 : from.idle + 1;
  if (idle < mostIdle) return over({ ...rest, idle, delay: backoff(1, from, moment) });
  return over(relist(failedOnce(rest, moment)));
};

/** A watch is silent: its connection may be dead, or its version unknown to the server. */
export const silent = (from: Reflection, moment: Moment): Turn<never> =>
  over(resume({ ...rested(from, moment), delay: backoff(1, from, moment) }));

/** A list ended before it was complete, as on a server that ignores `sendInitialEvents`. */
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

/** After a watch that lasted, failures are counted from zero, so the waits are short again. */
const rested = (from: Reflection, moment: Moment): Reflection => ({
  ...from,
  since: undefined,
  failures: hasLasted(from, moment) ? 0 : from.failures,
});

const failedOnce = (from: Reflection, moment: Moment): Reflection => {
  const failures = from.failures + 1;
  return { ...from, failures, delay: backoff(failures, from, moment) };
};

/**
 * Announces a trouble only if it is still there a moment after it began: an API server that starts
 * may say for an instant that a kind does not exist.
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

/** A 401 is not about one kind: a server that does not know who we are lets us read nothing. */
const causeOf = ({ status }: ApiFault): Cause => {
  if (status === 404) return 'NotInstalled';
  return status === 403 ? 'Forbidden' : 'Unreachable';
};

/** Whether the server does not know a parameter or its value. */
const isRefusal = ({ status }: ApiFault): boolean => status === 400 || status === 422;

/** Whether the server has not reached the version to start from (504, Kubernetes API concepts). */
const isTooLarge = ({ details }: ApiFault): boolean =>
  details?.causes.some(({ reason }) => reason === 'ResourceVersionTooLarge') === true;

/** Whether our version is of no use to this server: forgotten (410), unknown, or not valid. */
const isLost = (fault: ApiFault): boolean =>
  fault.status === 410 ||
  fault.reason === 'Expired' ||
  fault.reason === 'Gone' ||
  isTooLarge(fault) ||
  isRefusal(fault);
