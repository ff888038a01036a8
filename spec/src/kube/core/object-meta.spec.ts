import test from 'ava';

import { recordOf } from '../../../../src/kube/codec/record-of.ts';
import { decode } from '../../../../src/kube/decode.ts';
import type { Decoded } from '../../../../src/kube/kube-event.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  aService,
  aSlice,
  type Manifest,
} from '../../../_support/world/builders.ts';

/** The object read, with this age. */
const created = (creationTimestamp: unknown, object: Manifest): Decoded => {
  const decoding = decode({ ...object, metadata: { ...object.metadata, creationTimestamp } });
  if (decoding._tag !== 'Decoded') throw new Error(`expected Decoded, found ${decoding._tag}`);
  return decoding.item;
};

const noon = '2026-11-30T12:00:00Z';

test('the age is kept of what the oldest has, and of no other', (t) => {
  const ageOf = (object: Manifest): unknown =>
    recordOf(created(noon, object).object?.metadata)['creationTimestamp'];

  for (const aged of [
    ...[aHost('shop/a'), aListener('shop/a'), aMapping('shop/a')],
    aResolver('Service', 'shop/a'),
  ])
    t.is(ageOf(aged), noon, aged.kind);
  for (const other of [aService('shop/a'), aSlice('shop/a', 'web', [])])
    t.is(ageOf(other), undefined, other.kind);
});

test('a file may say an age as an API server does, or none', (t) => {
  const host = aHost('shop/web');
  const { object, problems } = created('2026-11-30T12:00:00+01:00', host);

  t.deepEqual(created(null, host), created(undefined, host));
  t.is(object, undefined);
  t.deepEqual(problems.map(showProblem), [
    'Host shop/web: metadata.creationTimestamp: expected a time like "2026-11-30T12:00:00Z", got "2026-11-30T12:00:00+01:00"',
  ]);
});
