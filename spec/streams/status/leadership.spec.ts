import test from 'ava';
import { defer, of, throwError, timer, type Observable } from 'rxjs';
import { switchMap } from 'rxjs';

import { leadership, type LeaseApi, type LeaseRecord } from '../../../streams/status/leadership.ts';
import { marbles } from '../../_support/property/marbles.ts';

const times = { renewDeadline: 5, retry: 2 };

const names = { f: false, t: true };

/** A Lease that takes time to read, and can be out of reach or written by others. */
const aLease = (record?: LeaseRecord) => {
  const stored = { record, isReachable: true, delay: 0, writes: 0 };
  const candidate = (identity: string): LeaseApi => {
    const reached = <A>(call: () => A): Observable<A> =>
      timer(stored.delay).pipe(
        switchMap(() => (stored.isReachable ? of(call()) : throwError(() => new Error('no')))),
      );
    return {
      identity,
      read: () => defer(() => reached(() => stored.record)),
      claim: (over) =>
        reached(() => {
          if (over?.version !== stored.record?.version) return false;
          stored.writes += 1;
          stored.record = { version: `${identity}${stored.writes}`, holder: identity, duration: 8 };
          return true;
        }),
    };
  };
  return { stored, candidate };
};

test(
  'a candidate takes a Lease that is not there, and keeps it',
  marbles(({ expectObservable }) => {
    const { candidate } = aLease();
    const unsub = '   ------------------!';
    const expected = '(ft)---------------';

    expectObservable(leadership(candidate('a'), times), unsub).toBe(expected, names);
  }),
);

test(
  'a candidate waits as long as the Lease of another says, from when it saw it',
  marbles(({ expectObservable }) => {
    const { candidate } = aLease({ version: '1', holder: 'b', duration: 8 });
    const unsub = '   ------------------!';
    const expected = 'f-------t----------';

    expectObservable(leadership(candidate('a'), times), unsub).toBe(expected, names);
  }),
);

test(
  'a Lease that was given back is taken at the next attempt',
  marbles(({ cold, expectObservable }) => {
    const { candidate, stored } = aLease({ version: '1', holder: 'b', duration: 80 });
    const given = '   ---g--------------';
    const unsub = '   ------------------!';
    const expected = 'f---t--------------';

    const release$ = cold(given).pipe(
      switchMap(() => {
        stored.record = { version: '2', holder: '', duration: 1 };
        return [];
      }),
    );
    expectObservable(release$).toBe('');
    expectObservable(leadership(candidate('a'), times), unsub).toBe(expected, names);
  }),
);

test(
  'a Lease that its holder renews is not taken',
  marbles(({ expectObservable }) => {
    const { candidate } = aLease();
    const unsub = '         ------------------------!';
    const first = '         (ft)---------------------';
    const second = '        f------------------------';

    expectObservable(leadership(candidate('a'), times), unsub).toBe(first, names);
    expectObservable(leadership(candidate('b'), times), unsub).toBe(second, names);
  }),
);

test(
  'a leader that cannot renew stops before the Lease runs out, and another then takes it',
  marbles(({ cold, expectObservable }) => {
    const { candidate } = aLease();
    const broken = candidate('a');
    let isReachable = true;
    const cut: LeaseApi = {
      ...broken,
      read: () => (isReachable ? broken.read() : throwError(() => new Error('no'))),
    };
    const unsub = '         ------------------------!';
    const cutAt = '         ---c---------------------';
    const first = '         (ft)---f-----------------';
    const second = '        f-----------t------------';

    const cut$ = cold(cutAt).pipe(
      switchMap(() => {
        isReachable = false;
        return [];
      }),
    );
    expectObservable(cut$).toBe('');
    expectObservable(leadership(cut, times), unsub).toBe(first, names);
    expectObservable(leadership(candidate('b'), times), unsub).toBe(second, names);
  }),
);

test(
  'an answer that does not come counts as none: leading ends at its deadline',
  marbles(({ cold, expectObservable }) => {
    const { candidate, stored } = aLease();
    const unsub = '   ------------------!';
    const slowAt = '  -s----------------';
    const expected = '(ft)-f------------';

    const slow$ = cold(slowAt).pipe(
      switchMap(() => {
        stored.delay = 100;
        return [];
      }),
    );
    expectObservable(slow$).toBe('');
    expectObservable(leadership(candidate('a'), times), unsub).toBe(expected, names);
  }),
);

test(
  'of two that claim the same version one loses, and both know',
  marbles(({ expectObservable }) => {
    const { candidate } = aLease({ version: '1', holder: 'gone', duration: 4 });
    const unsub = '         ------------!';
    const first = '         f---t--------';
    const second = '        f------------';

    expectObservable(leadership(candidate('a'), times), unsub).toBe(first, names);
    expectObservable(leadership(candidate('b'), times), unsub).toBe(second, names);
  }),
);
