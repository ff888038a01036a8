import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { from, type Collection } from '../../../../../src/collection/collection.ts';
import type { ObjectRef } from '../../../../../src/ir/object-ref.ts';
import type { PathMatch, Route } from '../../../../../src/ir/route.ts';
import { segmentMatch } from '../../../../../src/ir/segment.ts';
import type { Translation } from '../../../../../src/translate/translate.ts';
import {
  byRouteOrder,
  type HostedRoutes,
} from '../../../../../src/translate/gateway/route/route-order.ts';
import { compileVirtualHost } from '../../../../../src/translate/gateway/route/virtual-host.ts';
import {
  mostAround,
  mostClosing,
  mostWide,
  wideRoutes,
} from '../../../../../src/translate/gateway/route/wide-routes.ts';
import { holds } from '../../../../_support/property/property.ts';
import { aRoute } from '../../../../_support/world/an-ir.ts';
import {
  aService,
  createdIn,
  problemLines,
  virtualHosts,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  anHttpRoute,
  toWeb,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const name = 'Gateway default/gw http listener-0 *';

const takes = ({ _tag, value }: PathMatch, asked: string): boolean => {
  if (_tag === 'Regex') return new RegExp(`^(?:${value})$`).test(asked);
  return asked === value || (_tag !== 'Exact' && asked.startsWith(value.replace(/\/?$/, '/')));
};

/** An object with as many routes for each of its paths as `copies` says. */
const anObject = fc.record({
  created: fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
  copies: fc.constantFrom(1, 100, 300, 600),
  paths: fc.array(
    fc.record({
      type: fc.constantFrom('Exact', 'PathPrefix', 'PathPrefix', 'RegularExpression'),
      segments: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

type Written = typeof anObject extends fc.Arbitrary<infer A> ? A : never;

const hostedOf = ({ created, copies, paths }: Written, i: number): HostedRoutes => ({
  ref: `HTTPRoute default/r${i}`,
  ...(created !== undefined && { created }),
  routes: paths.flatMap(({ type, segments }, rule) =>
    Array.from({ length: copies }, (_, match) => {
      const value = `/${segments.join('/')}`;
      return {
        route: aRoute({
          name: `r${i}`,
          match: {
            path:
              type === 'PathPrefix'
                ? segmentMatch(value, true)
                : { _tag: type === 'Exact' ? type : 'Regex', value, caseSensitive: true },
            headers: [],
            queryParameters: [],
          },
        }),
        order: {
          path: type,
          pathLength: value.length,
          hasMethod: false,
          headers: 0,
          queryParams: 0,
          rule,
          match,
          part: 0,
        },
      };
    }),
  ),
});

const collected = (all: readonly HostedRoutes[]): Collection<string, HostedRoutes> =>
  from<ObjectRef, HostedRoutes>(all.map((one) => [one.ref, one]));

const firstFor = (routes: readonly Route[], asked: string): Route | undefined =>
  routes.find(({ match }) => takes(match.path, asked));

const asked = ['a', 'b', 'c'].flatMap((a) => [
  `/${a}`,
  ...['a', 'b', 'c'].flatMap((b) => [`/${a}/${b}`, `/${a}/${b}/a`, `/${a}/${b}/b/c`]),
]);

test('a request has the route that it would have had, or 503 where one that is left out comes before it', (t) => {
  let closed = 0;
  holds(
    t,
    fc.property(fc.array(anObject, { minLength: 1, maxLength: 6 }), (written) => {
      const objects = written.map(hostedOf);
      const wide = wideRoutes(collected(objects), name);
      const served = wide.routes.map((one) => one.closing ?? one.compiled.route);
      const all = objects
        .flatMap((object) => object.routes.map((compiled) => ({ hostname: '*', object, compiled })))
        .sort(byRouteOrder)
        .map(({ compiled }) => compiled.route);
      const out = new Set<string>(wide.leftOut.map(({ ref }) => ref));
      for (const path of asked) {
        const [found, meant] = [firstFor(served, path), firstFor(all, path)];
        if (found?.action._tag !== 'Respond') assert.equal(found?.name, meant?.name);
        else {
          closed++;
          const before = meant === undefined ? all : all.slice(0, all.indexOf(meant) + 1);
          assert.ok(before.some((one) => out.has(`HTTPRoute default/${one.name}`)));
        }
      }
      assert.ok(wide.size <= mostWide && wide.routes.length - wide.size <= mostClosing);
    }),
  );
  t.true(closed > 0);
});

test('the oldest objects have the room, in whatever order they came', (t) => {
  holds(
    t,
    fc.property(fc.array(anObject, { minLength: 1, maxLength: 6 }), (written) => {
      const objects = written.map(hostedOf);
      const chosen = wideRoutes(collected(objects), name);
      assert.deepEqual(wideRoutes(collected(objects.toReversed()), name), chosen);
      const ages = objects
        .map((object) => ({ object, age: `${object.created ?? '~'} ${object.ref}` }))
        .sort((a, b) => (a.age < b.age ? -1 : 1))
        .map(({ object }) => object);
      // What is younger takes nothing from who is older.
      for (const [i, { ref }] of ages.entries()) {
        const among = wideRoutes(collected(ages.slice(0, i + 1)), name);
        const isOut = ({ leftOut }: typeof among) => leftOut.some((one) => one.ref === ref);
        assert.equal(isOut(among), isOut(chosen));
      }
    }),
  );
});

const matches = (prefix: string) =>
  Array.from({ length: 128 }, (_, i) => ({ path: { value: `${prefix}/${i}` } }));

const wide = (key: string, year: number, prefix: string, spec: object = {}): Manifest =>
  createdIn(year, anHttpRoute(key, { rules: [{ ...toWeb, matches: matches(prefix) }], ...spec }));

const narrow = (host: string, path: string): Manifest =>
  anHttpRoute(`default/${host.split('.')[0]}`, {
    hostnames: [host],
    rules: [{ ...toWeb, matches: [{ path: { value: path } }] }],
  });

const edge = [
  aGatewayClass(),
  aGateway(),
  aService('default/web'),
  ...[1, 2, 3, 4].map((i) => wide(`default/w${i}`, 2020, '/w')),
];

const options = { gatewayAddresses: ['192.0.2.0/24'] };

const sizeOf = ({ ir }: Translation, domain: string): number | undefined =>
  virtualHosts(ir).find((one) => one.domain === domain)?.routes.length;

test('beside many routes for all hostnames a narrower one has the oldest of them, and who is left out is told', (t) => {
  const young = wide('default/young', 2026, '/young');
  const without = gatewaysOf([...edge, young], options);
  t.is(sizeOf(without, '*'), 5 * 128);
  t.deepEqual(problemLines(without), []);

  const translation = gatewaysOf([...edge, young, narrow('shop.example.com', '/shop')], options);
  t.is(sizeOf(translation, '*'), 5 * 128);
  t.is(sizeOf(translation, 'shop.example.com'), 1 + 1 + mostWide);
  t.deepEqual(problemLines(translation), [
    'HTTPRoute default/young: spec.hostnames: requests for /young that no route before takes are answered 503 for narrower hostnames than * on listener http of Gateway default/gw, such as shop.example.com: the routes of older objects for * leave no room for its own (512 there)',
  ]);

  // It is told until it has room again, and nothing is left of it.
  const again = gatewaysOf([...edge, young], options, translation);
  t.deepEqual(problemLines(again), []);
});

test('nothing is behind a route that takes all, so nothing is left out there', (t) => {
  const translation = gatewaysOf(
    [...edge, wide('default/young', 2026, '/young'), narrow('shop.example.com', '/')],
    options,
  );
  t.is(sizeOf(translation, 'shop.example.com'), 1);
  t.deepEqual(problemLines(translation), []);
});

test('a virtual host with a route that takes all is not made again when wider routes change', (t) => {
  const looked = (...segments: ('a' | 'b' | 'c')[]): readonly string[] => {
    const owner = {
      key: 'Gateway default/gw http listener-0',
      parent: 'Gateway default/gw',
      scope: 'listener-0 HTTP',
      hostname: '*',
      port: 80,
      protocol: 'HTTP',
      table: 'table',
    } as const;
    const site = { table: 'table', scope: owner.scope, domain: 'shop.example.com' };
    const read: string[] = [];
    const tables: Readonly<Record<string, unknown>> = {
      'listener-0 HTTP *': from([[owner.key, owner]]),
      [`${owner.key} shop.example.com`]: collected([
        hostedOf({ created: undefined, copies: 1, paths: [{ type: 'PathPrefix', segments }] }, 0),
      ]),
    };
    compileVirtualHost(from([['shop', site]]), 'table shop.example.com', (table, key) => {
      if (table === 'routes') read.push(key.replace(`${owner.key} `, ''));
      return tables[key] as never;
    });
    return read;
  };
  t.deepEqual(looked(), ['shop.example.com']);
  t.deepEqual(looked('a'), ['shop.example.com', '*.example.com', '*.com', '*']);
});

test('routes for many hostnames around one are bounded together, and the widest are left out first', (t) => {
  const levels = ['*.d.c.b.a', '*.c.b.a', '*.b.a', '*.a'];
  const objects = [
    ...edge,
    ...levels.flatMap((hostname, level) =>
      [1, 2, 3, 4].map((i) =>
        wide(`default/l${level}-${i}`, 2020, '/l', { hostnames: [hostname] }),
      ),
    ),
    narrow('x.d.c.b.a', '/shop'),
  ];
  const translation = gatewaysOf(objects, options);
  t.is(sizeOf(translation, 'x.d.c.b.a'), 1 + mostAround + 1);
  const told = problemLines(translation);
  t.is(told.length, 4);
  t.regex(told[0] ?? '', /^HTTPRoute default\/w1: .* more than 2048 there$/);
});
