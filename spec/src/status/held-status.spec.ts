import test from 'ava';

import { heldStatus, wantedDigest } from '../../../src/status/held-status.ts';
import type { ObjectStatus } from '../../../src/status/object-status.ts';

const wanted: ObjectStatus = {
  state: 'Running',
  reason: '',
  conditions: [
    { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'm', observedGeneration: 2 },
    { type: 'Programmed', status: 'False', reason: 'Pending', message: 'n' },
  ],
};

const time = { lastTransitionTime: '2026-01-01T00:00:00Z' };

const stored = { ...wanted, conditions: wanted.conditions.map((one) => ({ ...one, ...time })) };

const holds = test.macro({
  exec(t, raw: unknown, expected: boolean) {
    t.is(heldStatus(raw).digest === wantedDigest(wanted), expected);
  },
  title: (name = '') => name,
});

test('a status is held whatever its times are', holds, stored, true);
test(
  'the order of conditions does not matter',
  holds,
  { ...stored, conditions: stored.conditions.toReversed() },
  true,
);
test(
  'nor what others write',
  holds,
  {
    ...stored,
    errorBackoff: '1s',
    conditions: [...stored.conditions, { type: 'Else', status: 'True' }],
  },
  true,
);
test('another state is another status', holds, { ...stored, state: 'Inactive' }, false);
test('a missing condition is another status', holds, { ...stored, conditions: [] }, false);
test('no status is another status', holds, undefined, false);
test('a status of another form is another one', holds, { conditions: 7 }, false);
for (const field of ['status', 'reason', 'message', 'observedGeneration'])
  test(
    `another ${field} of a condition is another status`,
    holds,
    { ...stored, conditions: stored.conditions.map((one) => ({ ...one, [field]: 'other' })) },
    false,
  );

test('the times of our conditions are kept', (t) => {
  t.deepEqual(heldStatus(stored).conditions, {
    Accepted: { status: 'True', ...time },
    Programmed: { status: 'False', ...time },
  });
});

test('a status can be anything, where the definition of the kind lets it be', (t) => {
  const odd = { toString: 1, valueOf: 2 };
  const condition = { type: 'Accepted', status: odd, lastTransitionTime: odd };

  t.deepEqual(heldStatus({ conditions: [condition, null, 'text', odd] }).conditions, {
    Accepted: { status: '', lastTransitionTime: '' },
  });
});
