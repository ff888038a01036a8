import test from 'ava';

import {
  filterOf,
  sliceAfter,
  wholeSlice,
  type ClusterSlice,
} from '../../../../src/status/backends/cluster-slice.ts';

const partsOf = (clusters: number): readonly ClusterSlice[] => {
  const parts = [sliceAfter(wholeSlice, clusters)];
  for (let next = sliceAfter(parts[0] ?? wholeSlice, clusters); next.index > 0;) {
    parts.push(next);
    next = sliceAfter(next, clusters);
  }
  return parts;
};

test('many clusters are asked for in parts', (t) => {
  t.deepEqual(
    [0, 2_000, 2_001, 1_000_000].map((clusters) => partsOf(clusters).length),
    [1, 1, 16, 16],
  );
});

test('each name is in one part', (t) => {
  const names = Array.from({ length: 256 }, (_, i) => `web-${i.toString(16).padStart(16, '0')}`);
  for (const clusters of [10, 10_000]) {
    const filters = partsOf(clusters).map((part) => new RegExp(filterOf(part)));
    for (const name of names)
      t.is(filters.filter((filter) => filter.test(name)).length, 1, `${name} of ${clusters}`);
  }
});

test('when the number of parts changes, all of them are gone through from the first', (t) => {
  t.deepEqual(sliceAfter({ of: 16, index: 3 }, 10_000), { of: 16, index: 4 });
  t.deepEqual(sliceAfter({ of: 16, index: 15 }, 10_000), { of: 16, index: 0 });
  t.deepEqual(sliceAfter({ of: 1, index: 0 }, 10_000), { of: 16, index: 0 });
  t.deepEqual(sliceAfter({ of: 16, index: 3 }, 10), { of: 1, index: 0 });
});
