import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  empty,
  from,
  get,
  keys,
  remove,
  set,
  values,
} from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { part } from '../../../../src/xds/message/part.ts';
import { hostCounts, shardLayout } from '../../../../src/xds/shard/shard-layout.ts';
import { isInShard, wholeTable, type ShardLayout } from '../../../../src/xds/shard/shard.ts';
import { gate, scopedRoute } from '../../../../src/xds/table/scoped-route.ts';
import {
  scopedTables,
  type EncodedHost,
  type HostsOfTable,
  type ScopedTables,
} from '../../../../src/xds/table/scoped-tables.ts';
import { holds } from '../../../_support/property/property.ts';

/** A virtual host; its bytes stand for its routes. */
const encoded = (text: string, ...upgrades: readonly string[]): EncodedHost => ({
  ...part(Buffer.from(text)),
  upgrades,
  clusters: [`cluster of ${text}`],
});

type Domains = Readonly<Record<string, EncodedHost>>;

const numbered = (count: number, first = 0): Domains =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`h${first + i}.example`, encoded(`v1 ${first + i}`)]),
  );

const hostsOf = (domains: Domains): HostsOfTable =>
  from(Object.entries(domains).map(([domain, host]) => [`web ${domain}`, host] as const));

const used = from([['web', true] as const]);

const after = (previous: ScopedTables | undefined, hosts: HostsOfTable): ScopedTables =>
  atOnce(scopedTables)(previous, used, from([['web', hosts]]));

const made = (domains: Domains): ScopedTables => after(undefined, hostsOf(domains));

const changes = (a: ScopedTables, b: ScopedTables): readonly string[] =>
  diff(a.scopes.output, b.scopes.output).map(({ key }) => key);

const layoutOf = ({ tables }: ScopedTables): ShardLayout =>
  get(tables.output, 'web')?.layout ?? wholeTable;

/** The scopes that a table of a layout has, made without any change. */
const expected = (hosts: HostsOfTable, layout: ShardLayout) => {
  const names =
    layout.shards === 1
      ? ['web']
      : Array.from(
          { length: layout.shards },
          (_, i) => `web#${layout.labels}.${layout.shards}.${i}`,
        );
  const entries = [...keys(hosts)].map((key) => [key, get(hosts, key)] as const);
  const scopes = names.map((name) => {
    const inside = entries.flatMap(([key, host]) =>
      host !== undefined && isInShard(name, 'web', key.slice(4)) ? [[key, host] as const] : [],
    );
    return scopedRoute(name, from(inside));
  });
  const upgrades = entries.flatMap(([, host]) => host?.upgrades ?? []);
  return layout.shards === 1
    ? scopes
    : [...scopes, gate('web', layout, [...new Set(upgrades)].sort())];
};

const versions = (scopes: Iterable<{ readonly name: string; readonly version: string }>) =>
  [...scopes].map(({ name, version }) => `${name}@${version}`).sort();

const held = ({ scopes }: ScopedTables) => versions([...values(scopes.output)]);

test('a table that is used and has no virtual host is one scope', (t) => {
  const scoped = atOnce(scopedTables)(undefined, used, empty());
  t.deepEqual([...keys(scoped.scopes.output)], ['web']);
});

test('a table that nothing uses has no scope, and none once nothing uses it any more', (t) => {
  const hosts = from([['web', hostsOf(numbered(300))]]);
  const unused = atOnce(scopedTables)(undefined, empty(), hosts);
  t.is(unused.scopes.output.size, 0);
  const before = atOnce(scopedTables)(undefined, used, hosts);
  t.is(before.scopes.output.size, 65);
  const gone = atOnce(scopedTables)(before, empty(), hosts);
  t.is(gone.scopes.output.size, 0);
});

test('a change of a virtual host changes its piece and nothing else', (t) => {
  const domains = numbered(300);
  const before = made(domains);
  const now = after(before, hostsOf({ ...domains, 'h7.example': encoded('v2 7') }));
  const changed = changes(before, now);
  t.is(changed.length, 1);
  t.true(isInShard(changed[0] ?? '', 'web', 'h7.example'));
});

test('a virtual host that comes or goes changes its piece and nothing else', (t) => {
  const before = made(numbered(300));
  const more = after(before, hostsOf(numbered(301)));
  t.is(changes(before, more).length, 1);
  t.true(isInShard(changes(before, more)[0] ?? '', 'web', 'h300.example'));
  const less = after(more, hostsOf(numbered(300)));
  t.deepEqual(changes(more, less), changes(before, more));
  t.deepEqual(held(less), held(before));
});

test('a change of a pattern that fits hosts anywhere changes all pieces', (t) => {
  const domains = numbered(300);
  const before = made({ ...domains, '*': encoded('v1') });
  const now = after(before, hostsOf({ ...domains, '*': encoded('v2') }));
  t.is(changes(before, now).length, 64);
});

test('the gate changes with the upgrades that there are, and with nothing else', (t) => {
  const domains = numbered(300);
  const before = made(domains);
  const first = after(before, hostsOf({ ...domains, 'a.b': encoded('v1', 'websocket') }));
  t.true(changes(before, first).includes('web'));
  const second = after(
    first,
    hostsOf({ ...domains, 'a.b': encoded('v1', 'websocket'), 'c.d': encoded('v1', 'websocket') }),
  );
  t.is(changes(first, second).length, 1);
  t.false(changes(first, second).includes('web'));
  t.is(get(first.scopes.output, 'web')?.narrows, true);
});

test('with another layout all scopes have other names', (t) => {
  const whole = made(numbered(256));
  t.deepEqual(held(whole), versions(expected(hostsOf(numbered(256)), wholeTable)));
  const cut = after(whole, hostsOf(numbered(257)));
  const layout = { shards: 64, labels: 127 };
  t.deepEqual(held(cut), versions(expected(hostsOf(numbered(257)), layout)));
  const finer = after(cut, hostsOf(numbered(4_097)));
  const names = [...keys(finer.scopes.output)].filter((name) => name !== 'web');
  t.is(names.length, 512);
  t.true(names.every((name) => name.startsWith('web#127.512.')));
  const joined = after(finer, hostsOf(numbered(128)));
  t.deepEqual(held(joined), versions(expected(hostsOf(numbered(128)), wholeTable)));
});

test('with as many pieces by other labels all of them are other scopes', (t) => {
  const patterns = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [`*.p${i}.example`, encoded('v1')]),
  );
  const domains = { ...numbered(300), ...patterns };
  const now = after(made(numbered(300)), hostsOf(domains));
  const layout = { shards: 64, labels: 2 };
  t.deepEqual(held(now), versions(expected(hostsOf(domains), layout)));
});

test('tables are cut each for itself', (t) => {
  const two = from(['web', 'shop'].map((name) => [name, true] as const));
  const small = from([['shop a.b', encoded('v1')] as const]);
  const both = atOnce(scopedTables)(
    undefined,
    two,
    from<string, HostsOfTable>([
      ['web', hostsOf(numbered(300))],
      ['shop', small],
    ]),
  );
  t.is(both.scopes.output.size, 66);
  t.is(get(both.tables.output, 'shop')?.layout.shards, 1);
});

/** Blocks of hosts and patterns that come and go, so that a history crosses layouts both ways. */
const block = fc.oneof(
  fc.record({ first: fc.constantFrom(0, 100, 200), count: fc.constantFrom(1, 100, 200) }),
  fc.record({ pattern: fc.constantFrom('*', '*.example', 'h1.*', 'many'), upgrades: fc.boolean() }),
);
const batch = fc.array(fc.tuple(block, fc.constantFrom('v1', 'v2', undefined)), { maxLength: 4 });

type Block = typeof block extends fc.Arbitrary<infer B> ? B : never;

const domainsIn = (one: Block): readonly string[] => {
  if ('count' in one) return Object.keys(numbered(one.count, one.first));
  return one.pattern === 'many'
    ? Array.from({ length: 40 }, (_, i) => `*.p${i}.example`)
    : [one.pattern];
};

const edited = (hosts: HostsOfTable, one: Block, text: string | undefined): HostsOfTable => {
  const upgrades = 'upgrades' in one && one.upgrades ? ['websocket'] : [];
  return domainsIn(one).reduce<HostsOfTable>((all, domain) => {
    const key = `web ${domain}` as const;
    return text === undefined
      ? remove(all, key)
      : set(all, key, encoded(`${text} ${domain}`, ...upgrades));
  }, hosts);
};

test('scopes that are made by change are those that are made from nothing', (t) => {
  const layouts = new Set<string>();
  holds(
    t,
    fc.property(fc.array(batch, { maxLength: 8 }), (history) => {
      let hosts: HostsOfTable = empty();
      let scoped: ScopedTables | undefined;
      for (const edits of history) {
        hosts = edits.reduce((all, [one, text]) => edited(all, one, text), hosts);
        const layout = shardLayout(scoped && layoutOf(scoped), hostCounts(hosts));
        scoped = after(scoped, hosts);
        assert.deepEqual(held(scoped), versions(expected(hosts, layout)));
        layouts.add(`${layout.shards} by ${layout.labels}`);
      }
    }),
    { numRuns: 60, seed: 1 },
  );
  t.deepEqual([...layouts].sort(), ['1 by 127', '64 by 127', '64 by 2']);
});
