import test from 'ava';

import {
  standingAt,
  type CertificateStanding,
} from '../../../../src/kube/secret/certificate-standing.ts';

const day = 86_400_000;
const tenDays = { from: 0, to: 10 * day };

const stands = test.macro({
  exec(t, at: number, standing: CertificateStanding) {
    t.is(standingAt(tenDays, at * day), standing);
  },
  title: (_, at, standing) => `a certificate of ten days is ${standing} after ${at} days`,
});

test(stands, -1, 'NotYetValid');
test(stands, 0, 'Good');
test(stands, 7.9, 'Good');
test(stands, 8, 'ExpiresSoon');
test(stands, 10, 'Expired');

test('of a long life the last two weeks count', (t) => {
  const tenYears = { from: 0, to: 3650 * day };
  t.is(standingAt(tenYears, 3635 * day), 'Good');
  t.is(standingAt(tenYears, 3637 * day), 'ExpiresSoon');
});
