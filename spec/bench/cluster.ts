import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  type Manifest,
} from '../_support/world/builders.ts';

/**
 * How the Mappings of a cluster are laid out: each with a Host of its own, or all of them, each with
 * its own hostname, inside one Host with a wildcard.
 */
export type Layout = 'own Hosts' | 'wildcard Host';

/** The two layouts. */
export const layouts: readonly Layout[] = ['own Hosts', 'wildcard Host'];

/** How many Services a cluster of `n` Mappings has: the number of hosts may grow beyond it. */
export const servicesOf = (n: number): number => Math.min(n, 1000);

/** What may be different in a cluster. */
export interface ClusterOptions {
  /** Of the Listener. */
  readonly port?: number;
  readonly mapping?: (n: number, i: number) => Manifest;
}

/** Everything in a cluster of `n` Mappings, each with a hostname of its own. */
export const cluster = (
  layout: Layout,
  n: number,
  { port = 8080, mapping = mappingNumber }: ClusterOptions = {},
): readonly Manifest[] => [
  aListener('default/http', { port }),
  ...(layout === 'wildcard Host' ? [aHost('shops/all', { hostname: '*.example.com' })] : []),
  ...Array.from({ length: servicesOf(n) }, (_, i) => [
    aService(`shops/web-${i}`),
    sliceNumber(i),
  ]).flat(),
  ...Array.from({ length: n }, (_, i) => [
    ...(layout === 'own Hosts' ? [hostNumber(i)] : []),
    mapping(n, i),
  ]).flat(),
];

/** The Host that one Mapping is for. */
export const hostNumber = (i: number): Manifest =>
  aHost(`shops/shop-${i}`, { hostname: domain(i) });

/** One Mapping of a cluster of `n`, with fields changed. */
export const mappingNumber = (
  n: number,
  i: number,
  spec: Readonly<Record<string, unknown>> = {},
): Manifest =>
  aMapping(`shops/shop-${i}`, {
    hostname: domain(i),
    prefix: '/api/',
    service: `web-${i % servicesOf(n)}`,
    resolver: 'endpoint',
    ...spec,
  });

/** A second Mapping for the same domain, with fields changed. */
export const secondMapping = (
  n: number,
  i: number,
  spec: Readonly<Record<string, unknown>> = {},
): Manifest =>
  aMapping(`shops/second-${i}`, {
    hostname: domain(i),
    prefix: '/second/',
    service: `web-${i % servicesOf(n)}`,
    resolver: 'endpoint',
    ...spec,
  });

/** The endpoints of one Service; the last address ends in `turn`. */
export const sliceNumber = (i: number, turn = 3): Manifest =>
  aSlice(`shops/web-${i}-a`, `web-${i}`, [
    `10.${i >> 8}.${i & 255}.1`,
    `10.${i >> 8}.${i & 255}.2`,
    `10.${i >> 8}.${i & 255}.${turn}`,
  ]);

/** The hostname of one Mapping. */
export const domain = (i: number): string => `shop-${i}.example.com`;

/** One of `n`, scattered over them; 7919 is a prime. */
export const scattered = (n: number, turn: number): number => (turn * 7919) % n;
