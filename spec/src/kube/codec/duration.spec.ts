import test from 'ava';
import { isLeft, right } from 'fp-ts/lib/Either.js';

import { Duration } from '../../../../src/kube/codec/duration.ts';

const is = test.macro({
  exec: (t, written: string, milliseconds: number) => {
    t.deepEqual(Duration.decode(written), right(milliseconds));
  },
  title: (_name, written: string, milliseconds: number) => `${written} is ${milliseconds} ms`,
});

test(is, '0', 0);
test(is, '0s', 0);
test(is, '2s', 2000);
test(is, '1.5s', 1500);
test(is, '.5s', 500);
test(is, '100ms', 100);
test(is, '4.35s', 4350);
test(is, '1h30m', 5_400_000);
test(is, '576h', 2_073_600_000);
test(is, '1m0.001s', 60_001);
test(is, '500us', 1);
test(is, '1ns', 1);

const isNone = test.macro({
  exec: (t, written: unknown) => {
    t.true(isLeft(Duration.decode(written)));
  },
  title: (_name, written: unknown) => `${JSON.stringify(written)} is no duration`,
});

test(isNone, '');
test(isNone, '2');
test(isNone, 's');
test(isNone, '-1s');
test(isNone, '1 s');
test(isNone, '1s,');
test(isNone, '576h1ns');
test(isNone, '1.2.3s');
test(isNone, '1s'.repeat(40));
test(isNone, 2);
