import test from 'ava';

import { statusLedger } from '../../../../src/edge/kube/status-ledger.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import { wantedDigest } from '../../../../src/status/held-status.ts';

const object: ObjectRef = 'Mapping shop/cart';

const aLedger = () => {
  const ledger = statusLedger();
  const disturbed: ObjectRef[] = [];
  ledger.disturbed$.subscribe((one) => disturbed.push(one));
  return { ...ledger, disturbed };
};

test('what the source read first is known, and nobody was disturbed', (t) => {
  const { noted, holds, disturbed } = aLedger();

  noted(object, { status: { state: 'Running' } });

  t.true(holds(object, wantedDigest({ state: 'Running' })));
  t.deepEqual(disturbed, []);
});

test('the echo of our own write disturbs nobody', (t) => {
  const { noted, written, disturbed } = aLedger();
  noted(object, undefined);

  written(object, wantedDigest({ state: 'Running' }), { status: { state: 'Running' } });
  noted(object, { status: { state: 'Running' } });

  t.deepEqual(disturbed, []);
});

test('an echo that comes before the answer to the write disturbs once, and is known then', (t) => {
  const { noted, written, holds, disturbed } = aLedger();
  noted(object, undefined);

  noted(object, { status: { state: 'Running' } });
  written(object, wantedDigest({ state: 'Running' }), { status: { state: 'Running' } });

  t.deepEqual(disturbed, [object]);
  t.true(holds(object, wantedDigest({ state: 'Running' })));
});

test('what somebody else writes is noticed', (t) => {
  const { noted, written, holds, disturbed } = aLedger();
  written(object, wantedDigest({ state: 'Running' }), { status: { state: 'Running' } });

  noted(object, { status: { state: 'Inactive' } });

  t.deepEqual(disturbed, [object]);
  t.false(holds(object, wantedDigest({ state: 'Running' })));
});

test('an object that is gone is forgotten', (t) => {
  const { noted, forgotten, held } = aLedger();
  noted(object, { status: { state: 'Running' } });

  forgotten(object);

  t.is(held(object), undefined);
});

test('an object that is in no list any more is forgotten, and those of other kinds are not', (t) => {
  const { noted, listed, held } = aLedger();
  for (const one of ['Mapping shop/cart', 'Mapping shop/pay', 'Host shop/cart'] as const)
    noted(one, { status: { state: 'Running' } });

  listed('Mapping', ['shop/pay']);

  t.is(held('Mapping shop/cart'), undefined);
  t.not(held('Mapping shop/pay'), undefined);
  t.not(held('Host shop/cart'), undefined);
});
