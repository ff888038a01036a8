import test from 'ava';

import { refusalMemory } from '../../../../src/edge/ads/refusal-memory.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';

const refusal = { typeUrl: TypeUrl.Cluster, name: 'a', version: '1', message: 'no' };

test('what an Envoy refuses is remembered until it refuses it no more', (t) => {
  const memory = refusalMemory();
  memory.remember('one', [refusal]);
  t.deepEqual(memory.recall('one'), [refusal]);
  t.deepEqual(memory.recall('other'), []);
  memory.remember('one', []);
  t.deepEqual(memory.recall('one'), []);
});

test('nothing is remembered of an Envoy without a name', (t) => {
  const memory = refusalMemory();
  memory.remember('', [refusal]);
  t.deepEqual(memory.recall(''), []);
});

test('the Envoy heard of longest ago is forgotten first', (t) => {
  const memory = refusalMemory(2);
  for (const node of ['one', 'two', 'one', 'three']) memory.remember(node, [refusal]);
  t.deepEqual(
    ['one', 'two', 'three'].map((node) => memory.recall(node).length),
    [1, 0, 1],
  );
});
