import test from 'ava';

import { sameItems } from '../../../src/collection/same-items.ts';

const one = { n: 1 };
const two = { n: 2 };

test('lists of the same items in the same order are the same', (t) => {
  t.true(sameItems([], []));
  t.true(sameItems([one, two], [one, two]));
});

test('another order, another length or an item that is only equal makes another list', (t) => {
  t.false(sameItems([one, two], [two, one]));
  t.false(sameItems([one], [one, two]));
  t.false(sameItems([one, two], [one]));
  t.false(sameItems([one], [{ n: 1 }]));
});
