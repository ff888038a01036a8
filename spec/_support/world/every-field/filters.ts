import type { CorsPolicy } from '../../../../src/ir/filter/cors.ts';
import type { FilterName } from '../../../../src/ir/filter/filter-name.ts';
import type { FilterUse, HttpFilter } from '../../../../src/ir/filter/filter.ts';

/** A policy that says all that one can say. */
export const everyCorsField: CorsPolicy = {
  _tag: 'Cors',
  origins: ['https://a.example', '*'],
  methods: ['GET', 'POST'],
  headers: ['x-a', 'x-b'],
  exposedHeaders: ['x-c'],
  credentials: true,
  originPatterns: ['https://[a-z]*\\.example'],
  maxAge: '600',
  answersAllPreflights: true,
};

const [limit, broken, idle] = [
  'Module demo/limit buffer',
  'Module demo/broken buffer',
  'Module demo/idle buffer',
];

/** A filter of every kind beside that for CORS, one that cannot be built, and one that does nothing. */
export const everyFilter: readonly (readonly [FilterName, HttpFilter])[] = [
  [limit, { _tag: 'Buffer', maxRequestBytes: 1, from: [] }],
  [broken, { _tag: 'Unavailable', kind: 'Buffer', from: [] }],
  [idle, { _tag: 'Idle', kind: 'Buffer', from: [] }],
];

/** Their names, and one that no filter has. */
export const everyFilterName: readonly FilterName[] = [
  limit,
  broken,
  idle,
  'Module demo/none buffer',
];

/** Everything that a route can make of them. */
export const everyUse: readonly FilterUse[] = [
  { filter: limit, settings: { _tag: 'Buffer', maxRequestBytes: 4_294_967_295 } },
  { filter: broken, settings: { _tag: 'Off', kind: 'Buffer' } },
];
