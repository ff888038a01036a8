import { setTimeout } from 'node:timers/promises';

import { aHost, aListener, aMapping, type Manifest } from '../../_support/world/builders.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { figures } from '../figures.ts';
import { requestFor } from '../open-loop.ts';
import { addedCosts, pairedCosts, type Subject } from '../requests/paired-costs.ts';
import { site } from '../sites.ts';

/**
 * Above 256 virtual hosts a table is cut, and it stays so down to 128: with 200 it can be either,
 * by where it comes from.
 */
const [hosts, moreHosts] = [200, 300];

const traffic = { rate: 2_000, seconds: 3, connections: 32, rounds: 7 };

/** What the shape of route tables and an access log cost a request. */
export const benchmark: Benchmark = {
  name: 'request-path',
  what:
    'Processor time of a real Envoy for a request that it answers itself with a redirect, at 2,000 ' +
    'requests a second that are sent on time over 32 connections (open loop). First with 200 virtual ' +
    'hosts in one table, without an access log and with each format (to /dev/null), and with the same 200 in a table that is cut into shards since there were ' +
    '300; then with N routes in one virtual host, each with a prefix of its own, asked all over.',
  aim: 'shards add at most 3 µs, an access log 15 µs; as much for one route among 10,000 as among 10',
  sizes: [10, 1_000, 10_000],
  run: async ({ sizes, progress }) => {
    progress(`${hosts} hosts, one table and shards`);
    const shapes = await pairedCosts([inOneTable, inShards], traffic);
    const [whole = [], cut = []] = shapes;
    progress('an access log');
    const [unlogged = [], ...logged] = await pairedCosts(['off', ...formats].map(logging), traffic);
    progress(`${sizes.join()} routes in a host`);
    const routes = await pairedCosts(sizes.map(inOneHost), traffic);
    return [
      row('one table', hosts, whole),
      row('shards', hosts, cut),
      {
        ...row('added by shards', hosts, addedCosts(cut, whole)),
        aim: { p50: 3 },
      },
      row('no access log', hosts, unlogged),
      ...formats.map((format, i) => ({
        ...row(`added by an access log (${format})`, hosts, addedCosts(logged[i] ?? [], unlogged)),
        aim: { p50: 15 },
      })),
      ...sizes.map((n, i) => row('one route of a host', n, routes[i] ?? [])),
    ];
  },
};

const row = (what: string, n: number, costs: readonly number[]): Row => ({
  what,
  n,
  unit: 'µs',
  ...figures(costs),
});

const world = (port: number): readonly Manifest[] => [
  aListener('default/http', { port }),
  aHost('shops/all', { hostname: '*.example.com' }),
];

const someSites = (from: number, to: number): readonly Manifest[] =>
  Array.from({ length: to - from }, (_, i) => site(from + i, 0));

const toSites = Array.from({ length: hosts }, (_, i) =>
  requestFor(`shop-${i}.example.com`, '/api/'),
);

const inOneTable: Subject = {
  options: { objects: (port) => [...world(port), ...someSites(0, hosts)] },
  requests: toSites,
};

const formats = ['json', 'emissary'];

const logging = (format: string): Subject => ({
  ...inOneTable,
  options: { ...inOneTable.options, flags: ['--access-log', format] },
});

const inShards: Subject = {
  options: { objects: (port) => [...world(port), ...someSites(0, moreHosts)] },
  prepare: async (gateway) => {
    for (const one of someSites(hosts, moreHosts)) gateway.api.say('DELETED', one);
    const host = `shop-${moreHosts - 1}.example.com`;
    while ((await gateway.ask({ host, path: '/api/' })).status !== 404) await setTimeout(20);
    await gateway.settled();
  },
  requests: toSites,
};

const inOneHost = (n: number): Subject => ({
  options: {
    objects: (port) => [...world(port), ...Array.from({ length: n }, (_, i) => routeNumber(i))],
  },
  requests: Array.from({ length: Math.min(n, 1000) }, (_, i) =>
    requestFor('one.example.com', `${prefixOf(Math.floor((i * n) / Math.min(n, 1000)))}x`),
  ),
});

const prefixOf = (i: number): string => `/team-${i % 97}/service-${i}/`;

const routeNumber = (i: number): Manifest =>
  aMapping(`shops/route-${i}`, {
    hostname: 'one.example.com',
    prefix: prefixOf(i),
    service: 'elsewhere.example.com',
    host_redirect: true,
    redirect_response_code: 302,
  });
