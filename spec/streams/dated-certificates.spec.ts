import test from 'ava';
import { asyncScheduler } from 'rxjs';

import { decode } from '../../src/kube/decode.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import type { Problem } from '../../src/problem/problem.ts';
import { datedCertificates } from '../../streams/dated-certificates.ts';
import { marbles } from '../_support/property/marbles.ts';
import { datedSecret } from '../_support/world/certificate/dated-secret.ts';

const start = Date.parse('2030-01-01T00:00:00Z');
const minute = 60_000;

/** The time of day, as the scheduler of a marble test counts. */
const now = (): number => start + asyncScheduler.now();

/** A Secret with a certificate for a day before the start, and so many minutes after it. */
const secret = async (minutes: number): Promise<readonly KubeEvent[]> => {
  const dates = [new Date(start - 1440 * minute), new Date(start + minutes * minute)] as const;
  const decoded = decode(await datedSecret('default/cert', dates, 'a.example'));
  if (decoded._tag !== 'Decoded') throw new Error(`expected a Secret, got ${decoded._tag}`);
  return [{ _tag: 'Applied', kind: 'Secret', item: decoded.item }];
};

const [short, long] = [await secret(1.5), await secret(144_000)];

const said = (...problems: readonly Problem[]): KubeEvent => ({
  _tag: 'Reported',
  origin: 'dates of Secret default/cert',
  problems,
});

const at = { object: 'Secret default/cert', field: 'data.tls.crt' } as const;

const soon = said({
  _tag: 'Note',
  ...at,
  note: 'the certificate expires at 2030-01-01T00:01:30Z and has not been renewed yet',
  reason: 'CertificateExpiresSoon',
});

const expired = said({
  _tag: 'UnfitCertificate',
  ...at,
  reason: 'the certificate expired at 2030-01-01T00:01:30Z; clients refuse it',
});

test(
  'a certificate expires while nothing happens, and is renewed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const values = { s: short, r: long, m: [...short, soon], e: [expired], R: [...long, said()] };
    const events$ = hot('s 179999ms r 9ms |', values);
    const subs = '       ^ 179999ms - 9ms !';
    const expected = '   m 119999ms e 59999ms R 9ms |';

    expectObservable(events$.pipe(datedCertificates(now))).toBe(expected, values);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'what is about no certificate passes as it is, in order',
  marbles(({ hot, expectObservable }) => {
    const values = {
      a: [{ _tag: 'Deleted', kind: 'Host', key: 'default/a' } as const],
      b: [] as const,
    };
    const events$ = hot<readonly KubeEvent[]>('(aba)-|', values);

    expectObservable(events$.pipe(datedCertificates(now))).toBe('(aba)-|', values);
  }),
);

test(
  'an error passes, and nothing is said after it or after an unsubscription',
  marbles(({ hot, cold, expectObservable }) => {
    const values = { s: long };

    expectObservable(cold('s-#', values).pipe(datedCertificates(now))).toBe('s-#', values);
    // Of silence there is no end, so it ends here.
    const silent$ = hot<readonly KubeEvent[]>('-').pipe(datedCertificates(now));
    expectObservable(silent$, '^ 500s !').toBe('-');
  }),
);

test(
  'each subscription begins anew',
  marbles(({ cold, expectObservable }) => {
    const values = { s: short, m: [...short, soon] };
    const events$ = cold('s-|', values).pipe(datedCertificates(now));

    expectObservable(events$).toBe('m-|', values);
    expectObservable(events$).toBe('m-|', values);
  }),
);
