import type { CorsPolicy } from '../../../../src/ir/filter/cors.ts';
import { errorPagesFilter } from '../../../../src/ir/filter/error-pages.ts';
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

/** What a Module can ask for. */
const ofModule: readonly HttpFilter[] = [
  {
    _tag: 'Addresses',
    passes: 'OnlyThese',
    blocks: [
      { of: 'Peer', address: '10.0.0.0', length: 8 },
      { of: 'Client', address: '::1', length: 128 },
    ],
    from: [],
  },
  {
    _tag: 'Addresses',
    passes: 'AllOthers',
    blocks: [{ of: 'Client', address: '10.0.0.1', length: 32 }],
    from: [],
  },
  { _tag: 'Script', lua: 'function envoy_on_request(handle) end', from: [] },
  { _tag: 'GrpcBridge', from: [] },
  { _tag: 'GrpcWeb', from: [] },
  { _tag: 'GrpcStats', methods: 'All', upstream: true, from: [] },
  {
    _tag: 'GrpcStats',
    methods: [{ service: 'shop.Carts', methods: ['Add'] }],
    upstream: false,
    from: [],
  },
  {
    _tag: 'Gzip',
    memoryLevel: 9,
    minContentLength: 30,
    level: 9,
    strategy: 'HuffmanOnly',
    windowBits: 15,
    contentTypes: ['text/html'],
    sparesEtags: true,
    hidesAcceptEncoding: true,
    from: [],
  },
];

/** What turns each kind of them off for a route. */
const offOfModule: readonly FilterUse[] = [
  ...(['Addresses', 'Script', 'GrpcBridge', 'GrpcWeb', 'GrpcStats', 'Gzip'] as const),
].map((kind) => ({
  filter: `Module demo/${ofModule.findIndex(({ _tag }) => _tag === kind)}`,
  settings: { _tag: 'Off', kind },
}));

const [overHttp, overGrpc] = ['AuthService demo/http', 'AuthService demo/grpc'];

const everyAuthField = {
  _tag: 'ExtAuth',
  cluster: 'strict',
  timeout: 1234,
  body: { maxBytes: 1, allowPartial: true },
  statusOnError: 503,
  allowOnFailure: true,
  from: [],
} as const;

const asksOverHttp = {
  _tag: 'Http',
  uri: 'http://auth:3000',
  pathPrefix: '/check',
  told: ['x-a'],
  added: [{ name: 'x-b', value: '1' }],
  taken: ['x-c'],
} as const;

/** A filter of every kind beside that for CORS, one that cannot be built, and one that does nothing. */
export const everyFilter: readonly (readonly [FilterName, HttpFilter])[] = [
  [limit, { _tag: 'Buffer', maxRequestBytes: 1, from: [] }],
  [errorPagesFilter, { _tag: 'ErrorPages', from: [] }],
  [broken, { _tag: 'Unavailable', kind: 'Buffer', from: [] }],
  [idle, { _tag: 'Idle', kind: 'Buffer', from: [] }],
  ...ofModule.map((filter, i) => [`Module demo/${i}`, filter] as const),
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
  [overHttp, { ...everyAuthField, asks: asksOverHttp }],
  [overGrpc, { ...everyAuthField, asks: { _tag: 'Grpc' } }],
];

/** Their names, and one that no filter has. */
export const everyFilterName: readonly FilterName[] = [
  ...everyFilter.map(([name]) => name),
  'Module demo/none buffer',
];

/** Everything that a route can make of them. */
export const everyUse: readonly FilterUse[] = [
  { filter: limit, settings: { _tag: 'Buffer', maxRequestBytes: 4_294_967_295 } },
  { filter: broken, settings: { _tag: 'Off', kind: 'Buffer' } },
  ...offOfModule,
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
  {
    filter: errorPagesFilter,
    settings: {
      _tag: 'ErrorPages',
      pages: [
        {
          status: 404,
          contentType: 'text/html',
          body: { _tag: 'Text', text: '%PROTOCOL% 100 %%' },
        },
        { status: 503, body: { _tag: 'Json', fields: { status: '%RESPONSE_CODE%' } } },
      ],
    },
  },
  { filter: overHttp, settings: { _tag: 'Off', kind: 'ExtAuth' } },
  { filter: overGrpc, settings: { _tag: 'ExtAuth', contextExtensions: { b: '1', a: '2' } } },
];
