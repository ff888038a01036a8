import test from 'ava';

import { expiryAt, type Expiry } from '../../../../src/edge/certificate/expiry.ts';

const day = 86_400_000;
const tenDays = { from: 0, to: 10 * day };

const stands = test.macro({
  exec(t, at: number, expiry: Expiry) {
    t.is(expiryAt(tenDays, at * day), expiry);
  },
  title: (_, at, expiry) => `a certificate of ten days is ${expiry} after ${at} days`,
});

test(stands, -1, 'NotYetValid');
test(stands, 0, 'Good');
test(stands, 8, 'Good');
test(stands, 8.5, 'Ageing');
test(stands, 10, 'Expired');
