import test from 'ava';
import * as fc from 'fast-check';

import {
  afterOutcome,
  unasked,
  type FollowedService,
  type Outcome,
} from '../../../src/consul/followed-service.ts';
import type { Endpoint } from '../../../src/ir/endpoints.ts';
import type { Port } from '../../../src/ir/port.ts';

const at = (port: number): Endpoint => ({ address: '10.0.0.1', port: port as Port });
const answer = (index: number | undefined, ...ports: number[]): Outcome => ({
  _tag: 'Answered',
  ...(index !== undefined && { index }),
  endpoints: ports.map(at),
});
const failure: Outcome = { _tag: 'Failed', cause: 'it answered 500' };

const after = (...outcomes: readonly Outcome[]): FollowedService =>
  outcomes.reduce((so, one, i) => afterOutcome(so, one, { now: i, roll: 0.5 }), unasked);

const asksNext = test.macro({
  exec(t, expected: number, ...outcomes: Outcome[]) {
    t.is(after(...outcomes).index, expected);
  },
  title: (name = '') => `the next question: ${name}`,
});

test('at first it is answered at once', asksNext, 0);
test('it waits for a change', asksNext, 7, answer(7));
test('an index that goes backwards begins again', asksNext, 0, answer(7), answer(3));
test('from there it goes on', asksNext, 3, answer(7), answer(3), answer(3));
test('an index below 1 is none', asksNext, 1, answer(0));
test('an answer without an index', asksNext, 1, answer(undefined));
test('a failure begins again', asksNext, 0, answer(7), failure);

test('an answer replaces everything, an empty one too', (t) => {
  t.deepEqual(after(answer(1, 80, 81), answer(2, 82)).endpoints, [at(82)]);
  t.deepEqual(after(answer(1, 80), answer(2)).endpoints, []);
});

test('an equal answer is the same value', (t) => {
  const before = after(answer(1, 80));

  t.is(afterOutcome(before, answer(2, 80), { now: 9, roll: 0 }).endpoints, before.endpoints);
});

test('failures keep what is known, and since when they last', (t) => {
  const failed = after(answer(1, 80), failure, failure);

  t.deepEqual(failed.endpoints, [at(80)]);
  t.deepEqual(failed.trouble, { cause: 'it answered 500', since: 1 });
  t.is(afterOutcome(failed, failure, { now: 9, roll: 0 }).trouble, failed.trouble);
  t.deepEqual(after(failure, { _tag: 'Failed', cause: 'no answer' }).trouble, {
    cause: 'no answer',
    since: 0,
  });
  t.is(after(failure, answer(1)).trouble, undefined);
});

test('waits grow with each failure up to half a minute, and an answer makes them short again', (t) => {
  const waits = [1, 2, 3, 7, 30].map(
    (count) => after(...Array.from({ length: count }, () => failure)).delay,
  );

  t.deepEqual(waits, [350, 600, 1100, 15_100, 15_100]);
  t.is(after(failure, failure, answer(1)).delay, 100);
});

test('no history asks without a pause, or waits for longer than half a minute', (t) => {
  const outcome = fc.oneof(
    fc.constant(failure),
    fc.tuple(fc.nat(9), fc.array(fc.nat(3))).map(([index, ports]) => answer(index, ...ports)),
  );
  fc.assert(
    fc.property(
      fc.array(outcome, { minLength: 1 }),
      fc.nat(99).map((n) => n / 100),
      (all, roll) => {
        const { delay, index, endpoints } = all.reduce(
          (so, one, i) => afterOutcome(so, one, { now: i, roll }),
          unasked,
        );
        const last = all.findLast(({ _tag }) => _tag === 'Answered');
        t.true(delay >= 100 && delay <= 30_100);
        t.true(Number.isInteger(index) && index >= 0);
        t.deepEqual(endpoints, last?._tag === 'Answered' ? last.endpoints : undefined);
      },
    ),
  );
});
