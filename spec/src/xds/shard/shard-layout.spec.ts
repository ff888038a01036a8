import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { from } from '../../../../src/collection/collection.ts';
import {
  hostCounts,
  shardLayout,
  type HostCounts,
} from '../../../../src/xds/shard/shard-layout.ts';
import { allLabels, wholeTable, type ShardLayout } from '../../../../src/xds/shard/shard.ts';
import { holds } from '../../../_support/property/property.ts';

/** So many domains, of them so many patterns with 0, 1, 2, … labels that are fixed. */
const counted = (domains: number, ...patterns: readonly number[]): HostCounts => ({
  domains,
  patterns,
});

const show = ({ shards, labels }: ShardLayout): string =>
  `${shards} by ${labels === allLabels ? 'all' : labels}`;

const cut = (domains: number, before?: ShardLayout, patterns: readonly number[] = []): string =>
  show(shardLayout(before, counted(domains, ...patterns)));

const inPieces = (shards: number, labels = allLabels): ShardLayout => ({ shards, labels });

test('a table is cut into more pieces as it grows', (t) => {
  t.is(cut(0), '1 by all');
  t.is(cut(256), '1 by all');
  t.is(cut(257), '64 by all');
  t.is(cut(4_096), '64 by all');
  t.is(cut(4_097), '512 by all');
  t.is(cut(32_768), '512 by all');
  t.is(cut(32_769), '4096 by all');
  t.is(cut(1_000_000), '4096 by all');
});

test('pieces are joined at half of the size at which they were cut', (t) => {
  t.is(cut(256, wholeTable), '1 by all');
  t.is(cut(129, inPieces(64)), '64 by all');
  t.is(cut(128, inPieces(64)), '1 by all');
  t.is(cut(2_049, inPieces(512)), '512 by all');
  t.is(cut(2_048, inPieces(512)), '64 by all');
  t.is(cut(16_385, inPieces(4_096)), '4096 by all');
  t.is(cut(16_384, inPieces(4_096)), '512 by all');
  t.is(cut(0, inPieces(4_096)), '1 by all');
});

test('a table that falls by two layouts is cut as one that never was', (t) => {
  t.is(cut(3_000, inPieces(4_096)), '64 by all');
  t.is(cut(200, inPieces(512)), '1 by all');
});

test('as many labels are hashed as leave 32 patterns in all pieces', (t) => {
  t.is(cut(300, undefined, [32]), '64 by all');
  t.is(cut(300, undefined, [1, 1, 30]), '64 by all');
  t.is(cut(300, undefined, [1, 1, 31]), '64 by 2');
  t.is(cut(300, undefined, [1, 32]), '64 by 1');
  t.is(cut(300, undefined, [0, 0, 0, 33]), '64 by 3');
});

test('in a large table as many patterns may be in all pieces as a piece has domains', (t) => {
  t.is(cut(400_000, undefined, [97]), '4096 by all');
  t.is(cut(400_000, undefined, [0, 98]), '4096 by 1');
});

test('a table with many patterns that fix nothing has fewer pieces, or one', (t) => {
  t.is(cut(10_000, undefined, [100]), '64 by all', 'a piece of 64 has 156 domains');
  t.is(cut(10_000, undefined, [157]), '1 by all');
  t.is(cut(300, undefined, [33]), '1 by all');
});

test('the number of labels stays until a piece holds twice the copies, or half', (t) => {
  t.is(cut(300, inPieces(64), [0, 0, 64]), '64 by all');
  t.is(cut(300, inPieces(64), [0, 0, 65]), '64 by 2');
  t.is(cut(300, inPieces(64, 2), [0, 0, 17]), '64 by 2');
  t.is(cut(300, inPieces(64, 2), [0, 0, 16]), '64 by all');
});

test('patterns are counted by the labels they fix', (t) => {
  const domains = ['*', 'a.*', '*.com', 'b.com', '*.a.com', '*-x.a.com'];
  const table = from(domains.map((domain) => [`web ${domain}`, true] as const));
  t.deepEqual(hostCounts(table), { domains: 6, patterns: [2, 1, 2] });
});

test('a layout that was chosen is chosen again while nothing changes', (t) => {
  const sizes = fc.record({
    domains: fc.nat(50_000),
    patterns: fc.array(fc.nat(80), { maxLength: 5 }),
  });
  const before = fc.option(
    fc.constantFrom(wholeTable, ...[64, 512, 4_096].flatMap((n) => [inPieces(n), inPieces(n, 2)])),
    { nil: undefined },
  );
  holds(
    t,
    fc.property(before, sizes, (former, size) => {
      const layout = shardLayout(former, size);
      assert.deepEqual(shardLayout(layout, size), layout);
      const copies = size.patterns.slice(0, layout.labels).reduce((sum, n) => sum + n, 0);
      const room = Math.max(32, size.domains / layout.shards);
      assert.ok(layout.shards === 1 || copies <= 2 * room, `${copies} copies`);
    }),
    { numRuns: 2_000 },
  );
});
