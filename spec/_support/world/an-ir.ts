import { from } from '../../../src/collection/collection.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { Cluster } from '../../../src/ir/cluster.ts';
import type { ConnectionLimits } from '../../../src/ir/http-options.ts';
import type { Endpoints } from '../../../src/ir/endpoints.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { corsFilter } from '../../../src/ir/filter/cors.ts';
import type { FilterName } from '../../../src/ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../src/ir/filter/filter.ts';
import {
  filterChainKey,
  type ChainTls,
  type FilterChain,
  type Http,
} from '../../../src/ir/filter-chain.ts';
import type { HttpOptions } from '../../../src/ir/http-options.ts';
import type { Listener } from '../../../src/ir/listener.ts';
import type { Terminate } from '../../../src/ir/tls-handshake.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Route } from '../../../src/ir/route.ts';
import type { Secret, SecretName } from '../../../src/ir/secret.ts';
import { Sensitive } from '../../../src/ir/sensitive.ts';
import type { ServedName } from '../../../src/ir/server-name.ts';
import type { TrustBundle } from '../../../src/ir/trust-bundle.ts';
import {
  virtualHostKey,
  type RouteTableName,
  type VirtualHost,
} from '../../../src/ir/virtual-host.ts';
import type { Signed } from './an-authority.ts';

/** Collects IR nodes under their keys. */
export const anIr = (nodes: {
  readonly listeners?: readonly Listener[];
  readonly filterChains?: readonly FilterChain[];
  readonly filters?: readonly (readonly [FilterName, HttpFilter])[];
  readonly virtualHosts?: readonly VirtualHost[];
  readonly clusters?: readonly Cluster[];
  readonly endpoints?: readonly Endpoints[];
  readonly secrets?: readonly Secret[];
  readonly trustBundles?: readonly TrustBundle[];
  readonly certificates?: readonly ServedName[];
  readonly connectionLimits?: readonly (readonly [string, ConnectionLimits])[];
}): Ir => ({
  listeners: from((nodes.listeners ?? []).map((node) => [node.name, node])),
  filterChains: from(
    (nodes.filterChains ?? []).map((node) => [filterChainKey(node.listener, node.name), node]),
  ),
  filters: from([[corsFilter, { _tag: 'Cors', from: [] }], ...(nodes.filters ?? [])]),
  virtualHosts: from(
    (nodes.virtualHosts ?? []).map((node) => [virtualHostKey(node.table, node.domain), node]),
  ),
  clusters: from((nodes.clusters ?? []).map((node) => [node.name, node])),
  clusterUsers: [],
  endpoints: from((nodes.endpoints ?? []).map((node) => [node.name, node])),
  secrets: from((nodes.secrets ?? []).map((node) => [node.name, node])),
  trustBundles: from((nodes.trustBundles ?? []).map((node) => [node.name, node])),
  certificates: from((nodes.certificates ?? []).map((node) => [node.names, node])),
  connectionLimits: from(nodes.connectionLimits ?? []),
});

/** A listener on 8443 that has nothing special. */
export const aListener = (fields: Partial<Listener> = {}): Listener => ({
  name: 'web',
  address: '0.0.0.0',
  port: 8443 as Port,
  transport: 'tcp',
  tlsInspector: false,
  proxyProtocol: false,
  from: [],
  ...fields,
});

/** A cleartext chain of `aListener` that routes by the table `web`. */
export const aChain = (fields: Partial<FilterChain> = {}): FilterChain => ({
  listener: 'web',
  name: 'cleartext',
  carries: requestsOf('web'),
  from: [],
  ...fields,
});

/** Requests that are routed by a table, and pass the filter for CORS and these. */
export const requestsOf = (
  table: RouteTableName,
  options: Partial<HttpOptions> = {},
  filters: readonly FilterName[] = [],
): Http => ({
  _tag: 'Http',
  table,
  options: { statPrefix: 'ingress', trustedHops: 0, ...options },
  filters: [corsFilter, ...filters],
});

/** TLS for some server names with the certificate `demo/cert`, or as it is told. */
export const tlsFor = (
  serverNames: readonly string[],
  fields: Partial<Terminate> = {},
): ChainTls => ({
  _tag: 'Terminate',
  serverNames,
  certificates: ['demo/cert'],
  ...fields,
});

/** The routes for one domain of the table `web`. */
export const aVirtualHost = (domain: string, ...routes: readonly Route[]): VirtualHost => ({
  table: 'web',
  domain,
  routes,
  from: [],
});

/** A route for every path to the cluster `shop`. */
export const aRoute = (fields: Partial<Route> = {}): Route => ({
  name: 'Mapping demo/shop',
  match: {
    path: { _tag: 'Prefix', value: '/', caseSensitive: true },
    headers: [],
    queryParameters: [],
  },
  action: aForward(),
  requestHeaders: { add: [], remove: [] },
  responseHeaders: { add: [], remove: [] },
  from: [],
  ...fields,
});

type Forward = Extract<Route['action'], { readonly _tag: 'Forward' }>;

/** Sends a request to the cluster `shop` within three seconds. */
export const aForward = (fields: Partial<Forward> = {}): Forward => ({
  _tag: 'Forward',
  backends: onlyTo('shop'),
  timeout: 3000,
  hash: [],
  mirrors: [],
  upgrades: [],
  priority: 'default',
  ...fields,
});

/** A cluster with the endpoints of port 80 of the Service `demo/shop`. */
export const aCluster = (fields: Partial<Cluster> = {}): Cluster => ({
  name: 'shop',
  statName: 'shop',
  discovery: { _tag: 'Eds', endpoints: 'demo/shop:80' },
  connectTimeout: 3000,
  protocol: 'http1',
  loadBalancer: { _tag: 'RoundRobin' },
  circuitBreakers: [],
  ...fields,
});

/** A cluster that is this port on the loopback address. */
export const aClusterAt = (name: string, port: number, fields: Partial<Cluster> = {}): Cluster =>
  aCluster({ name, discovery: { _tag: 'Static', address: '127.0.0.1', port }, ...fields });

/** The endpoints of port 80 of the Service `demo/shop`. */
export const someEndpoints = (...addresses: readonly string[]): Endpoints => ({
  name: 'demo/shop:80',
  endpoints: addresses.map((address) => ({ address, port: 8080 as Port })),
  from: [],
});

/** A certificate in the Secret `demo/cert`; what it holds is not looked at. */
export const aSecret = (fields: Partial<Secret> = {}): Secret => ({
  name: 'demo/cert',
  certificateChain: 'certificate',
  privateKey: new Sensitive('handle', 'private key'),
  from: [],
  ...fields,
});

/** A certificate that an authority has signed, with its key. */
export const aSignedSecret = (name: SecretName, { certificate, privateKey }: Signed): Secret =>
  aSecret({ name, certificateChain: certificate, privateKey: new Sensitive(name, privateKey) });

/** Authorities whose certificates nobody looks at. */
export const aTrustBundle = (fields: Partial<TrustBundle> = {}): TrustBundle => ({
  name: 'trust://demo/ca',
  authorities: 'authorities',
  from: [],
  ...fields,
});
