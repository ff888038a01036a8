import test from 'ava';

import { sentSince, sentUnder, withSent, type Sent } from '../../../src/xds/sent.ts';
import { anIr } from '../../_support/world/an-ir.ts';

const sent = (seq: number): Sent => ({ seq, ir: anIr({}) });

const all = [sent(3), sent(4), sent(6)];

const numbers = (some: readonly Sent[]) => some.map(({ seq }) => seq);

test('what was sent is found under its number', (t) => {
  t.is(sentUnder(all, 4), all[1]);
  t.is(sentUnder(all, 5), undefined);
  t.is(sentUnder(all, 7), undefined);
});

test('what was sent before a number is forgotten', (t) => {
  t.deepEqual(numbers(sentSince(all, 4)), [4, 6]);
  t.deepEqual(numbers(sentSince(all, 5)), [6]);
  t.deepEqual(numbers(sentSince(all, 7)), []);
});

test('of very many the newest are remembered', (t) => {
  let many: readonly Sent[] = [];
  for (let seq = 1; seq <= 1025; seq += 1) many = withSent(many, sent(seq));
  t.is(many.length, 1024);
  t.deepEqual([many.at(0)?.seq, many.at(-1)?.seq], [2, 1025]);
});
