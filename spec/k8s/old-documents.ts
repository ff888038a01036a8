/** Documents of old versions, and the specs that Headgate must read in them. */
export interface OldDocument {
  readonly says: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly read: Readonly<Record<string, unknown>>;
}

const v1 = 'getambassador.io/v1';
const v2 = 'getambassador.io/v2';
const mapping = { prefix: '/', service: 'web' };
const anywhere = { ...mapping, hostname: '*' };

/** One of each thing that old versions say in another way. */
export const oldDocuments: readonly OldDocument[] = [
  {
    says: 'a Mapping without a host is for every host',
    ...{ apiVersion: v1, kind: 'Mapping', spec: mapping, read: anywhere },
  },
  {
    says: 'host is what hostname is',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: { ...mapping, host: '*.example.com' },
    read: { ...mapping, hostname: '*.example.com' },
  },
  {
    says: 'a regular expression stays in host',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: { ...mapping, host: '[ab]', host_regex: true },
    read: { ...mapping, host: '[ab]', host_regex: true },
  },
  {
    says: 'one ambassador_id need not be a list',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: { ...mapping, ambassador_id: 'edge' },
    read: { ...anywhere, ambassador_id: ['edge'] },
  },
  {
    says: 'tls: true asks for TLS whatever the scheme is',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: { ...mapping, service: 'http://web:8080', tls: true },
    read: { ...anywhere, service: 'https://web:8080' },
  },
  {
    says: 'tls: false asks for nothing',
    ...{ apiVersion: v2, kind: 'TCPMapping' },
    spec: { port: 1, service: 'web', tls: false },
    read: { port: 1, service: 'web' },
  },
  {
    says: 'headers and query parameters may be asked to be there',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: {
      ...mapping,
      headers: { 'x-a': true, 'x-b': 'c', 'x-d': false },
      regex_headers: { 'x-e': 'f' },
      query_parameters: { g: true },
    },
    read: {
      ...anywhere,
      headers: { 'x-b': 'c' },
      regex_headers: { 'x-a': '.*', 'x-e': 'f' },
      regex_query_parameters: { g: '.*' },
    },
  },
  {
    says: 'headers are added by their value and removed by one name',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: {
      ...mapping,
      add_request_headers: { a: 'b', c: { value: 'd', append: false } },
      remove_response_headers: 'e',
    },
    read: {
      ...anywhere,
      add_request_headers: { a: { value: 'b' }, c: { value: 'd', append: false } },
      remove_response_headers: ['e'],
    },
  },
  {
    says: 'lists of cors may be text with commas',
    ...{ apiVersion: v1, kind: 'Mapping' },
    spec: { ...mapping, cors: { origins: 'https://a, https://b', methods: ['GET'] } },
    read: { ...anywhere, cors: { origins: ['https://a', 'https://b'], methods: ['GET'] } },
  },
  {
    says: 'what v2 does not have is kept under another name',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: {
      ...mapping,
      v3StatsName: 'web',
      v3health_checks: [{ health_check: { http: { path: '/' } } }],
    },
    read: {
      ...anywhere,
      stats_name: 'web',
      health_checks: [{ health_check: { http: { path: '/' } } }],
    },
  },
  {
    says: 'descriptors have shorter forms',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: {
      ...mapping,
      labels: {
        ambassador: [
          { group: ['remote_address', 'text', { generic_key: 'a', v3Key: 'b' }] },
          { other: [{ 'x-id': { header: 'X-Id', omit_if_not_present: true } }] },
        ],
      },
    },
    read: {
      ...anywhere,
      labels: {
        ambassador: [
          {
            group: [
              { remote_address: { key: 'remote_address' } },
              { generic_key: { value: 'text' } },
              { generic_key: { value: 'a', key: 'b' } },
            ],
          },
          {
            other: [
              {
                request_headers: { key: 'x-id', header_name: 'X-Id', omit_if_not_present: true },
              },
            ],
          },
        ],
      },
    },
  },
  {
    says: 'what a conversion of v3alpha1 made is read as it was meant',
    ...{ apiVersion: v2, kind: 'Mapping' },
    spec: {
      ...mapping,
      ambassador_id: ['--apiVersion-v3alpha1-only--default'],
      host: '_skip_mapping_with_empty_host_',
    },
    read: { ...mapping, ambassador_id: ['default'] },
  },
  {
    says: 'ambassadorId counts beside ambassador_id',
    ...{ apiVersion: v2, kind: 'Host' },
    spec: { hostname: 'a', ambassadorId: 'b', tls: { v3CRLSecret: 'revoked' } },
    read: { hostname: 'a', ambassador_id: ['b'], tls: { crl_secret: 'revoked' } },
  },
  {
    says: 'tls of an AuthService is about auth_service',
    ...{ apiVersion: v1, kind: 'AuthService' },
    spec: { auth_service: 'auth', tls: true, v3CircuitBreakers: [{ max_retries: 1 }] },
    read: { auth_service: 'https://auth', circuit_breakers: [{ max_retries: 1 }] },
  },
  {
    says: 'tag_headers are tags',
    ...{ apiVersion: v2, kind: 'TracingService' },
    spec: {
      ...{ driver: 'zipkin', service: 'traces', tag_headers: ['x-id'] },
      config: { v3PropagationModes: ['B3'] },
    },
    read: {
      ...{ driver: 'zipkin', service: 'traces' },
      custom_tags: [{ tag: 'x-id', request_header: { name: 'x-id' } }],
      config: { propagation_modes: ['B3'] },
    },
  },
  {
    says: 'a LogService says its protocol under another name',
    ...{ apiVersion: v1, kind: 'LogService' },
    spec: { service: 'logs', v3ProtocolVersion: 'v3', v3StatsName: 'a' },
    read: { service: 'logs', protocol_version: 'v3', stats_name: 'a' },
  },
  {
    says: 'a TLSContext keeps its revocations under another name',
    ...{ apiVersion: v2, kind: 'TLSContext' },
    spec: { hosts: ['a'], v3CRLSecret: 'revoked' },
    read: { hosts: ['a'], crl_secret: 'revoked' },
  },
  {
    says: 'a Module of another name has any settings, which are not read',
    ...{ apiVersion: v1, kind: 'Module' },
    spec: { ambassador_id: 'a', config: { tls: true, headers: { a: true } } },
    read: { ambassador_id: ['a'], config: {} },
  },
];
