import type { ExecutionContext } from 'ava';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';

/** Runs `body` in virtual time and reports a mismatch through AVA's diff. */
export const marbles =
  (body: (helpers: RunHelpers, time: TestScheduler) => void) =>
  (t: ExecutionContext): void => {
    const time = new TestScheduler((actual, expected) => {
      t.deepEqual(actual, expected);
    });
    time.run((helpers) => {
      body(helpers, time);
    });
  };
