import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  type Manifest,
} from '../_support/builders.ts';

/**
 * How the Mappings of a cluster are laid out: each with a Host of its own, or all of them, each with
 * its own hostname, inside one Host with a wildcard.
 */
export type Layout = 'own-hosts' | 'wildcard-host';

/** The two layouts. */
export const layouts: readonly Layout[] = ['own-hosts', 'wildcard-host'];

/** Everything in a cluster with `n` Mappings, each to the endpoints of a Service of its own. */
export const cluster = (layout: Layout, n: number): readonly Manifest[] => {
  const numbers = Array.from({ length: n }, (_, i) => i);
  return [
    aListener(),
    ...(layout === 'wildcard-host' ? [aHost('shops/all', { hostname: '*.example.com' })] : []),
    ...numbers.flatMap((i) => [
      ...(layout === 'own-hosts' ? [hostNumber(i)] : []),
      mappingNumber(i),
      aService(`shops/web-${i}`),
      sliceNumber(i),
    ]),
  ];
};

/** The Host that one Mapping is for. */
export const hostNumber = (i: number): Manifest =>
  aHost(`shops/shop-${i}`, { hostname: domain(i) });

/** One Mapping, with fields changed. */
export const mappingNumber = (i: number, spec: Readonly<Record<string, unknown>> = {}): Manifest =>
  aMapping(`shops/shop-${i}`, {
    hostname: domain(i),
    prefix: '/api/',
    service: `web-${i}`,
    resolver: 'endpoint',
    ...spec,
  });

/** A second Mapping for the same domain. */
export const secondMapping = (i: number): Manifest =>
  aMapping(`shops/second-${i}`, {
    hostname: domain(i),
    prefix: '/second/',
    service: `web-${i}`,
    resolver: 'endpoint',
  });

/** The endpoints of one Service; the last address ends in `turn`. */
export const sliceNumber = (i: number, turn = 3): Manifest =>
  aSlice(`shops/web-${i}-a`, `web-${i}`, [
    `10.${i >> 8}.${i & 255}.1`,
    `10.${i >> 8}.${i & 255}.2`,
    `10.${i >> 8}.${i & 255}.${turn}`,
  ]);

const domain = (i: number): string => `shop-${i}.example.com`;
