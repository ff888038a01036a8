import test from 'ava';

import { statusFault } from '../../../../src/kube/reflect/api-fault.ts';

test('a fault says what the Status says', (t) => {
  const fault = statusFault(
    {
      kind: 'Status',
      code: 422,
      reason: 'Invalid',
      message: 'Host "a" is invalid',
      details: {
        name: 'a',
        kind: 'Host',
        uid: 'x',
        causes: [{ reason: 'FieldValueInvalid', message: 'must be a port', field: 'spec.port' }],
      },
    },
    { status: 422 },
  );

  t.is(fault.message, 'Host "a" is invalid');
  t.is(fault.status, 422);
  t.is(fault.reason, 'Invalid');
  t.is(fault.retryAfterMs, undefined);
  t.deepEqual(fault.details, {
    name: 'a',
    kind: 'Host',
    causes: [{ reason: 'FieldValueInvalid', message: 'must be a port', field: 'spec.port' }],
  });
});

test('an ERROR event has its status in its code', (t) => {
  const fault = statusFault({ kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });

  t.is(fault.status, 410);
  t.is(fault.reason, 'Expired');
});

const waits = test.macro({
  exec(t, retryAfter: string | undefined, details: unknown, expected: number | undefined) {
    const given = { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
    t.is(statusFault({ message: 'busy', details }, given).retryAfterMs, expected);
  },
  title: (name = '') => `how long to wait: ${name}`,
});

test('the header', waits, '7', undefined, 7000);
test('the details', waits, undefined, { retryAfterSeconds: 3 }, 3000);
test('the header before the details', waits, '7', { retryAfterSeconds: 3 }, 7000);
test('a date is no number of seconds', waits, 'Wed, 21 Oct 2015 07:28:00 GMT', {}, undefined);
test('nor is anything below nothing', waits, '-1', undefined, undefined);
test('no word of it', waits, undefined, undefined, undefined);

const reads = test.macro({
  exec(t, answer: unknown, expected: string) {
    t.is(statusFault(answer, { status: 503 }).message, expected);
  },
  title: (name = '') => `what is no Status is a fault too: ${name}`,
});

test('text', reads, ' upstream connect error\n', 'status 503: upstream connect error');
test('long text', reads, 'x'.repeat(9999), `status 503: ${'x'.repeat(200)}`);
test('nothing', reads, undefined, 'the API server answered with status 503');
test('null', reads, null, 'the API server answered with status 503');
test('a list', reads, [1], 'the API server answered with status 503');
test(
  'a Status whose fields are of other types',
  reads,
  { message: 7, reason: [] },
  'the API server answered with status 503',
);
