import { asyncScheduler, type SchedulerLike } from 'rxjs';

/** Schedules by a clock that only goes forward, whatever happens to the time of day. */
export const monotonic: SchedulerLike = {
  now: () => performance.now(),
  schedule: asyncScheduler.schedule.bind(asyncScheduler) as SchedulerLike['schedule'],
};
