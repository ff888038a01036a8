// The long run, 120,000 requests: HEADGATE_LONG=1 npx ava spec/reliability/large-virtual-hosts.spec.ts
import test from 'ava';
import * as fc from 'fast-check';

import { percent } from '../../src/ir/fraction.ts';
import type { Route } from '../../src/ir/route.ts';
import { decode, encode } from '../../src/xds/message/encode.ts';
import { bytesOf } from '../../src/xds/message/part.ts';
import { route } from '../../src/xds/route/route.ts';
import { virtualHost } from '../../src/xds/route/virtual-host.ts';
import { askMany, type ShortAnswer } from '../_support/envoy/ask-many.ts';
import { startStaticEnvoy } from '../_support/envoy/static-envoy.ts';
import { aRoute, aVirtualHost } from '../_support/world/an-ir.ts';
import { anyRequest, anyRoutes, type RoutedRequest } from '../_support/world/any-routes.ts';

const hosts = process.env['HEADGATE_LONG'] === undefined ? 8 : 40;
const requestsEach = 3000;

const tableName = 'envoy.config.route.v3.RouteConfiguration';

/** The routes of a domain as the list that they are, however many. */
const listed = (domain: string, routes: readonly Route[]): Buffer =>
  encode(tableName, {
    virtual_hosts: [{ name: domain, domains: [domain], routes: routes.map(route) }],
  });

const both = (name: string, routes: readonly Route[]): readonly Buffer[] => [
  listed(`${name}.list`, routes),
  bytesOf(virtualHost(aVirtualHost(`${name}.tree`, ...routes))),
];

const table = (parts: readonly Buffer[]) =>
  decode(
    tableName,
    Buffer.concat([
      encode(tableName, { name: 'web', ignore_port_in_host_matching: true }),
      ...parts,
    ]),
  );

/** A route that tells its number. */
const toPlace = (place: number, match: Partial<Route['match']>): Route =>
  aRoute({
    match: { ...aRoute().match, ...match },
    action: {
      _tag: 'Redirect',
      path: { _tag: 'Full', value: `/${place}` },
      code: 302,
    },
  });

const lines = (host: string, { path, headers }: RoutedRequest): string =>
  [
    `GET ${path} HTTP/1.1`,
    `host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

const shown = ({ status, location }: ShortAnswer): string =>
  `${status} ${location?.replace(/\.(tree|list)\//, '/') ?? ''}`;

test('Envoy finds the same routes in trees as in lists', async (t) => {
  t.timeout(600_000);
  const seed = Date.now();
  const [lists = []] = fc.sample(
    fc.array(anyRoutes(65, 400), { minLength: hosts, maxLength: hosts }),
    { seed, numRuns: 1 },
  );
  const shared = table(lists.flatMap((routes, n) => both(`${n}`, routes)));
  const trees = (shared.virtual_hosts ?? []).filter(({ matcher }) => matcher !== undefined);
  t.is(trees.length, hosts);
  const { port } = await startStaticEnvoy(t, shared);

  const different: string[] = [];
  const answered = new Set<string>();
  let found = 0;
  for (const [n, routes] of lists.entries()) {
    const requests = fc.sample(anyRequest(routes), { seed: seed + n, numRuns: requestsEach });
    const [ofList, ofTree] = await Promise.all(
      ['list', 'tree'].map(
        async (form) =>
          await askMany(
            port,
            requests.map((one) => lines(`${n}.${form}`, one)),
          ),
      ),
    );
    for (const [i, request] of requests.entries()) {
      const [expected, got] = [ofList?.[i], ofTree?.[i]].map((one) =>
        one === undefined ? 'nothing' : shown(one),
      );
      if (expected?.startsWith('302') === true) found += 1;
      answered.add(`${n} ${expected}`);
      if (got !== expected)
        different.push(`host ${n}, ${JSON.stringify(request)}: expected ${expected}, got ${got}`);
    }
  }

  const sent = hosts * requestsEach;
  t.log(`seed ${seed}: ${sent} requests, ${found} found a route, ${answered.size} kinds of answer`);
  t.deepEqual(different.slice(0, 5), [], `seed ${seed}: ${different.length} of ${sent} differ`);
  t.true(found > sent / 2);
  t.true(answered.size > hosts * 20);
});

const services: readonly Route[] = Array.from({ length: 65 }, (_, n) =>
  toPlace(n, { path: { _tag: 'Prefix', value: `/svc-${n}/`, caseSensitive: true } }),
);

test('what begins with no prefix of a tree finds the other routes', async (t) => {
  const others = [
    toPlace(65, {
      path: { _tag: 'Regex', value: '.*\\.png' },
      headers: [{ name: 'x-flag', match: { _tag: 'Present' } }],
    }),
    toPlace(66, { path: { _tag: 'Regex', value: '[*/]' } }),
  ];
  const { port } = await startStaticEnvoy(t, table(both('a', [...services, ...others])));
  const askedOf = (host: string): readonly string[] => [
    `GET /logo.png HTTP/1.1\r\nhost: ${host}\r\nx-flag: 1\r\n\r\n`,
    `GET /logo.png HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
    `GET /svc-7/logo.png HTTP/1.1\r\nhost: ${host}\r\nx-flag: 1\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
    `OPTIONS * HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
  ];
  for (const form of ['a.list', 'a.tree'])
    t.deepEqual((await askMany(port, askedOf(form), 1)).map(shown), [
      '302 http://a/65',
      '404 ',
      '302 http://a/7',
      '302 http://a/66',
      '404 ',
    ]);
});

test('in a tree a canary has its share, and who draws nothing has the rest', async (t) => {
  const path = { _tag: 'Prefix', value: '/svc-7/', caseSensitive: true } as const;
  const routes = [toPlace(70, { path, fraction: percent(25) }), ...services];
  const { port } = await startStaticEnvoy(t, table(both('a', routes)));
  const requests = Array.from(
    { length: 4000 },
    () => 'GET /svc-7/ HTTP/1.1\r\nhost: a.tree\r\n\r\n',
  );
  const answers = (await askMany(port, requests)).map(shown);
  const ofCanary = answers.filter((answer) => answer === '302 http://a/70').length;
  t.is(answers.filter((answer) => answer === '302 http://a/7').length, 4000 - ofCanary);
  t.true(Math.abs(ofCanary - 1000) <= 4 * Math.sqrt(4000 * 0.25 * 0.75), `${ofCanary} of 4000`);
});
