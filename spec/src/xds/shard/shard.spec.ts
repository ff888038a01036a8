import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  allLabels,
  fixedLabels,
  isInShard,
  shardName,
  shardOfDomain,
  shardOfHost,
  tableOfShard,
  wholeTable,
} from '../../../../src/xds/shard/shard.ts';
import { holds } from '../../../_support/property/property.ts';
import {
  aDomain,
  aHostName,
  aHostOf,
  domainMatches,
} from '../../../_support/xds/domain-matches.ts';

const inPieces = (shards: number, labels = allLabels) => ({ shards, labels });

test('the piece of a host follows from a hash of its last labels', (t) => {
  // b: 98. ab: 97 * 257 + 98 = 25027. a.b: (97 * 257 + 46) * 257 + 98 = 6418673.
  t.is(shardOfHost(inPieces(64), 'b'), 98 % 64);
  t.is(shardOfHost(inPieces(64), 'ab'), 3);
  t.is(shardOfHost(inPieces(64), 'a.b'), 49);
  t.is(shardOfHost(inPieces(64, 2), 'a.b'), 49);
  t.is(shardOfHost(inPieces(64, 2), 'long.before.a.b'), 49);
  t.is(shardOfHost(inPieces(64, 1), 'long.before.a.b'), 34);
  t.is(shardOfHost(inPieces(64, 3), 'a.b'), 49);
  t.is(shardOfHost(inPieces(64), ''), 0);
});

test('the hash of a long name is exact', (t) => {
  holds(
    t,
    fc.property(fc.array(aHostName, { maxLength: 8 }), (names) => {
      const host = names.join('.');
      const exact = [...Buffer.from(host)].reduce(
        (hash, byte) => (hash * 257n + BigInt(byte)) % 4_294_967_291n,
        0n,
      );
      assert.equal(shardOfHost(inPieces(4_096), host), Number(exact % 4_096n));
    }),
  );
});

test('names are spread evenly over the pieces', (t) => {
  const counts = Array.from({ length: 64 }, () => 0);
  for (let i = 0; i < 6_400; i += 1) {
    const piece = shardOfHost(inPieces(64), `host-${i}.example.com`);
    counts[piece] = (counts[piece] ?? 0) + 1;
  }
  t.true(Math.min(...counts) > 50, counts.join(' '));
  t.true(Math.max(...counts) < 150, counts.join(' '));
});

test('as many labels of a pattern are fixed as follow its wildcard', (t) => {
  t.is(fixedLabels('shop.example.com'), undefined);
  t.is(fixedLabels('*.example.com'), 2);
  t.is(fixedLabels('*-shop.example.com'), 2);
  t.is(fixedLabels('*.com'), 1);
  t.is(fixedLabels('*'), 0);
  t.is(fixedLabels('*com'), 0);
  t.is(fixedLabels('shop.*'), 0);
});

test('a pattern lies in one piece if all labels that are hashed are fixed, else in all', (t) => {
  t.is(shardOfDomain(inPieces(64, 2), '*.a.b'), 49);
  t.is(shardOfDomain(inPieces(64, 1), '*.a.b'), 34);
  t.is(shardOfDomain(inPieces(64, 2), '*.x.a.b'), 49);
  t.is(shardOfDomain(inPieces(64, 2), '*-x.a.b'), 49);
  t.is(shardOfDomain(inPieces(64, 3), '*.a.b'), 'all');
  t.is(shardOfDomain(inPieces(64, 1), 'a.*'), 'all');
  t.is(shardOfDomain(inPieces(64, 1), '*b'), 'all');
  t.is(shardOfDomain(inPieces(64, 1), '*'), 'all');
  t.is(shardOfDomain(inPieces(64), 'a.b'), 49);
});

test('a piece has the name of its table, and its place in the layout', (t) => {
  t.is(shardName('web', wholeTable, 0), 'web');
  t.is(shardName('web', inPieces(64, 2), 7), 'web#2.64.7');
  t.is(tableOfShard('listener-8080/cleartext#127.512.33'), 'listener-8080/cleartext');
  t.is(tableOfShard('listener-8080/cleartext'), 'listener-8080/cleartext');
});

test('a name of a piece says which domains of which table are in it', (t) => {
  t.true(isInShard('web#2.64.49', 'web', 'x.a.b'));
  t.true(isInShard('web#2.64.49', 'web', '*.a.b'));
  t.true(isInShard('web#2.64.49', 'web', '*.b'), 'a copy');
  t.false(isInShard('web#2.64.48', 'web', 'x.a.b'));
  t.false(isInShard('web#2.64.48', 'web', '*.a.b'));
  t.false(isInShard('web#2.64.49', 'we', 'x.a.b'));
  t.false(isInShard('web', 'we', 'a.b'));
  t.true(isInShard('web', 'web', 'a.b'));
});

const layout = fc.record({
  shards: fc.constantFrom(1, 64, 512, 4_096),
  labels: fc.constantFrom(1, 2, 3, 4, 5, 6, allLabels),
});

test('however a table is cut, the piece of a host holds every domain that matches it', (t) => {
  const domainAndHost = aDomain.chain((domain) => fc.tuple(fc.constant(domain), aHostOf(domain)));
  holds(
    t,
    fc.property(layout, domainAndHost, (cut, [domain, host]) => {
      assert.ok(domainMatches(domain, host), `${domain} ${host}`);
      assert.ok(isInShard(shardName('web', cut, shardOfHost(cut, host)), 'web', domain));
    }),
    { numRuns: 2_000 },
  );
});

test('a domain is in one piece or in all of them', (t) => {
  holds(
    t,
    fc.property(layout, aDomain, (cut, domain) => {
      const held = Array.from({ length: cut.shards }, (_, i) =>
        isInShard(shardName('web', cut, i), 'web', domain),
      ).filter(Boolean).length;
      assert.ok(held === 1 || held === cut.shards, `${domain} is in ${held}`);
    }),
  );
});
