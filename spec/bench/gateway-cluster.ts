import { aService, createdIn, type Manifest } from '../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  anHttpRoute,
} from '../_support/world/gateway-api/builders.ts';
import type { Change } from './change/changes.ts';
import { domain, scattered, servicesOf, sliceNumber } from './cluster.ts';

/** A cluster of `n` HTTPRoutes, each with a hostname of its own, that attach to one Gateway. */
export const gatewayCluster = (n: number): readonly Manifest[] => [
  aGatewayClass(),
  createdIn(2024, aGateway('shops/gw', { listeners: [aGatewayListener({ port: 8080 })] })),
  ...Array.from({ length: servicesOf(n) }, (_, i) => [
    aService(`shops/web-${i}`),
    sliceNumber(i),
  ]).flat(),
  ...Array.from({ length: n }, (_, i) => routeNumber(n, i)),
];

/** One HTTPRoute of a cluster of `n`, with fields of its rule changed. */
const routeNumber = (
  n: number,
  i: number,
  rule: Readonly<Record<string, unknown>> = {},
): Manifest => createdIn(2025, aRoute(`shop-${i}`, n, i, rule));

/** A second HTTPRoute for the same domain. */
const secondRoute = (n: number, i: number): Manifest =>
  createdIn(2026, aRoute(`second-${i}`, n, i, { matches: [{ path: { value: '/second' } }] }));

const aRoute = (
  name: string,
  n: number,
  i: number,
  rule: Readonly<Record<string, unknown>>,
): Manifest =>
  anHttpRoute(`shops/${name}`, {
    hostnames: [domain(i)],
    rules: [
      {
        matches: [{ path: { value: '/api' } }],
        backendRefs: [{ name: `web-${i % servicesOf(n)}`, port: 80 }],
        ...rule,
      },
    ],
  });

/** The changes of HTTPRoutes and what is behind them that are measured. */
export const gatewayChanges: readonly Change[] = [
  {
    name: 'route-change',
    event: (n, turn) => ({
      type: 'MODIFIED',
      object: routeNumber(n, scattered(n, turn), {
        timeouts: { request: `${1000 + (turn % 10_000)}ms` },
      }),
    }),
  },
  {
    name: 'route-add',
    event: (n, turn) => ({ type: 'ADDED', object: secondRoute(n, scattered(n, turn)) }),
    undo: (n, turn) => ({ type: 'DELETED', object: secondRoute(n, scattered(n, turn)) }),
  },
  {
    name: 'route-delete',
    event: (n, turn) => ({ type: 'DELETED', object: routeNumber(n, scattered(n, turn)) }),
    undo: (n, turn) => ({ type: 'ADDED', object: routeNumber(n, scattered(n, turn)) }),
  },
  {
    name: 'slice-change',
    event: (n, turn) => ({
      type: 'MODIFIED',
      object: sliceNumber(scattered(servicesOf(n), turn), 4 + (turn % 200)),
    }),
  },
];
