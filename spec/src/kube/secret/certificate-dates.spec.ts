import test from 'ava';

import { decode } from '../../../../src/kube/decode.ts';
import type { Decoded, KubeEvent } from '../../../../src/kube/kube-event.ts';
import {
  datedAfter,
  datedAt,
  noCertificates,
  type DatedCertificates,
} from '../../../../src/kube/secret/certificate-dates.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { datedSecret } from '../../../_support/world/certificate/dated-secret.ts';

const day = 86_400_000;
const from = new Date('2030-01-01T00:00:00Z');
const at = (days: number): number => from.getTime() + days * day;

const itemOf = (raw: object): Decoded => {
  const decoded = decode(raw);
  if (decoded._tag !== 'Decoded') throw new Error(`expected a Secret, got ${decoded._tag}`);
  return decoded.item;
};

/** The Secret of a certificate that is valid from the first of January for so many days. */
const aSecretFor = async (days: number): Promise<Decoded> =>
  itemOf(await datedSecret('default/cert', [from, new Date(at(days))], 'a.example'));

const [year, fiveDays] = [await aSecretFor(365), await aSecretFor(5)];

const applied = (item: Decoded): KubeEvent => ({ _tag: 'Applied', kind: 'Secret', item });
const listed = (...items: readonly Decoded[]): KubeEvent => ({
  _tag: 'Listed',
  kind: 'Secret',
  items,
});
const deleted: KubeEvent = { _tag: 'Deleted', kind: 'Secret', key: 'default/cert' };

const shown = ({ said }: ReturnType<typeof datedAfter>): readonly string[] =>
  said.flatMap(({ problems }) =>
    problems.length === 0 ? ['taken back'] : problems.map(showProblem),
  );

/** What is said of a certificate that comes at some moment. */
const says = test.macro({
  exec(t, item: Decoded, days: number, expected: readonly string[]) {
    t.deepEqual(shown(datedAfter(noCertificates, [applied(item)], at(days))), expected);
  },
  title: (name = '') => `a certificate ${name}`,
});

test('that is good', says, year, 10, []);
test('that begins now', says, year, 0, []);
test('that is not valid yet', says, year, -0.5, [
  'Secret default/cert: data.tls.crt: the certificate is not valid before 2030-01-01T00:00:00Z; clients refuse it until then',
]);
test('with more than two weeks left', says, year, 350.9, []);
test('with two weeks left', says, year, 351, [
  'Secret default/cert: data.tls.crt: the certificate expires at 2031-01-01T00:00:00Z and has not been renewed yet',
]);
test('that has expired', says, year, 365, [
  'Secret default/cert: data.tls.crt: the certificate expired at 2031-01-01T00:00:00Z; clients refuse it',
]);
test('with a short life, of which more than a fifth is left', says, fiveDays, 3.9, []);
test('with a short life, of which a fifth is left', says, fiveDays, 4, [
  'Secret default/cert: data.tls.crt: the certificate expires at 2030-01-06T00:00:00Z and has not been renewed yet',
]);

test('lists of revocations have dates too, beside a certificate; the first that expires counts', (t) => {
  const [soon, later] = [
    anAuthority('one').listUntil(3600),
    anAuthority('two').listUntil(86_400 * 60),
  ];
  const item = itemOf({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque' },
    metadata: { name: 'lists', namespace: 'default' },
    stringData: { 'crl.pem': `${later}${soon}` },
  });
  const saidAt = (moment: number) => shown(datedAfter(noCertificates, [applied(item)], moment));
  const now = Date.now();
  t.regex(
    saidAt(now)[0] ?? '',
    /crl\.pem: a list of revocations expires at .* has not been renewed yet/,
  );
  t.regex(
    saidAt(now + day)[0] ?? '',
    /a list of revocations expired at .*; every certificate .* is refused/,
  );
  t.regex(saidAt(now - 10 * day)[0] ?? '', /a list of revocations is not good before/);
  const { dated } = datedAfter(noCertificates, [applied(item)], now);
  t.deepEqual(shown(datedAt(dated, now + day)).length, 1);
});

/** The certificates after these events, at a moment. */
const after = (days: number, ...events: readonly KubeEvent[]): DatedCertificates =>
  datedAfter(noCertificates, events, at(days)).dated;

test('time changes what is said, and only what is said otherwise', (t) => {
  const good = after(1, applied(year));

  t.deepEqual(shown(datedAt(good, at(350))), []);
  t.is(
    datedAt(good, at(350)).dated,
    good,
    'nothing is looked at before something can be otherwise',
  );
  const soon = datedAt(good, at(352));
  t.is(soon.said.length, 1);
  t.deepEqual(shown(datedAt(soon.dated, at(353))), []);
  t.regex(shown(datedAt(soon.dated, at(366))).join(), /expired/);
});

test('when the clock was set back all are looked at again', (t) => {
  const expired = after(6, applied(fiveDays));

  t.deepEqual(shown(datedAt(expired, at(7))), []);
  t.deepEqual(shown(datedAt(expired, at(1))), ['taken back']);
});

test('what was said is taken back when the certificate is renewed, or is gone', (t) => {
  const expired = after(6, applied(fiveDays));
  const same = [applied(year), listed(year), deleted, listed()];

  for (const event of same)
    t.deepEqual(shown(datedAfter(expired, [event], at(6))), ['taken back'], event._tag);
  t.deepEqual(shown(datedAfter(expired, [listed(fiveDays)], at(6))), []);
});

test('of a Secret that cannot be read any more the certificate that is still served counts', (t) => {
  const expired = after(6, applied(fiveDays));
  const unreadable = { key: 'default/cert', problems: [] } as const;

  t.deepEqual(shown(datedAfter(expired, [applied(unreadable)], at(6))), []);
  t.deepEqual(shown(datedAfter(expired, [listed(unreadable)], at(6))), []);
});

test('other events, and Secrets without a certificate, change nothing', (t) => {
  const good = after(1, applied(year));
  const reported: KubeEvent = { _tag: 'Reported', origin: 'x', problems: [] };

  t.is(
    datedAfter(good, [reported, { _tag: 'Listed', kind: 'Host', items: [] }], at(1)).dated,
    good,
  );
  const plain = itemOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } });
  t.deepEqual(shown(datedAfter(good, [applied(plain)], at(1))), []);
});
