import { VirtualTimeScheduler } from 'rxjs';

/** A clock that stands still until it is told how far to go; nothing is due before. */
export const aClock = () => {
  const scheduler = new VirtualTimeScheduler();
  return {
    scheduler,
    /** Moves on by this many milliseconds; what is due until then happens, in order. */
    goOn: (milliseconds: number): void => {
      const end = scheduler.frame + milliseconds;
      scheduler.maxFrames = end;
      scheduler.flush();
      scheduler.frame = end;
    },
  };
};
