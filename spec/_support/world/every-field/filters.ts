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
const [counted, denying] = ['RateLimitService demo/counted', 'RateLimitService demo/denying'];

/** A filter of every kind beside that for CORS, one that cannot be built, and one that does nothing. */
export const everyFilter: readonly (readonly [FilterName, HttpFilter])[] = [
  [limit, { _tag: 'Buffer', maxRequestBytes: 1, from: [] }],
  [broken, { _tag: 'Unavailable', kind: 'Buffer', from: [] }],
  [idle, { _tag: 'Idle', kind: 'Buffer', from: [] }],
  [
    counted,
    {
      _tag: 'RateLimit',
      cluster: 'shop',
      domain: 'ambassador',
      timeout: 20,
      deniesOnFailure: false,
      resourceExhausted: true,
      from: [],
    },
  ],
  [
    denying,
    {
      _tag: 'RateLimit',
      cluster: 'checked',
      domain: 'other',
      timeout: 1500,
      deniesOnFailure: true,
      resourceExhausted: false,
      from: [],
    },
  ],
];

/** Their names, and one that no filter has. */
export const everyFilterName: readonly FilterName[] = [
  limit,
  broken,
  idle,
  'Module demo/none buffer',
  counted,
  denying,
];

/** Everything that a route can make of them. */
export const everyUse: readonly FilterUse[] = [
  { filter: limit, settings: { _tag: 'Buffer', maxRequestBytes: 4_294_967_295 } },
  { filter: broken, settings: { _tag: 'Off', kind: 'Buffer' } },
  {
    filter: counted,
    settings: {
      _tag: 'RateLimit',
      domain: 'ambassador',
      descriptors: [
        [
          { _tag: 'SourceCluster' },
          { _tag: 'DestinationCluster' },
          { _tag: 'RemoteAddress' },
          { _tag: 'RequestHeader', header: 'x-user', key: 'user' },
          { _tag: 'RequestHeader', header: ':path', key: 'path', optional: true },
          { _tag: 'Fixed', value: 'shop' },
          { _tag: 'Fixed', value: 'shop', key: 'of' },
        ],
        [{ _tag: 'RemoteAddress' }],
      ],
    },
  },
  { filter: denying, settings: { _tag: 'RateLimit', domain: 'other', descriptors: [] } },
];
