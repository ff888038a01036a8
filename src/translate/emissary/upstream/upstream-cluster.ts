import { definedOnly } from '../../../collection/defined-only.ts';
import { interning } from '../../../collection/intern.ts';
import type {
  CircuitBreaker,
  Cluster,
  Discovery,
  LoadBalancer,
  UpstreamTls,
} from '../../../ir/cluster.ts';
import { consulServiceName } from '../../../ir/endpoints.ts';
import { objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import { clusterName, type ClusterContent } from '../../contribution/cluster-name.ts';
import { plainCluster, wordOf } from '../../contribution/service-cluster.ts';
import { fieldsOn, type SpecOn } from '../mapping/mapping-fields.ts';
import { healthChecks } from './health-checks.ts';
import { mentions } from './mentions.ts';
import type { ServiceAddress } from './service-address.ts';

/** How the addresses of a service are found: by DNS, from its EndpointSlices, or by a resolver that asks Consul. */
export type Resolver = 'service' | 'endpoint' | ConsulResolverName;

/** Names a ConsulResolver by its key. */
type ConsulResolverName = `consul ${ObjectKey}`;

/** A service and the settings of its cluster, by the names that they have in a Mapping. */
export interface ClusterSpec extends SpecOn<'cluster'> {
  readonly service: string;
}

/** What a cluster is made from. */
interface ClusterSource {
  readonly spec: ClusterSpec;
  /** The namespace of the object that sends to the service. */
  readonly namespace: string;
  /** The namespace of this installation, whose Services need no qualification in DNS. */
  readonly ownNamespace: string;
  readonly address: ServiceAddress;
  readonly resolver: Resolver;
  /** The port of the service. */
  readonly port: number;
  /** What a TLSContext says of TLS to the service. */
  readonly context?: UpstreamTls;
}

/** The cluster of a service; objects that ask for the same get the same cluster. */
export const upstreamCluster = (source: ClusterSource): Cluster =>
  known(clusterIdentity(source), () => clusterOf(source));

/** Most Mappings share their cluster with others. */
const known = interning<Cluster>();

const clusterOf = (source: ClusterSource): Cluster => {
  const { spec, address } = source;
  const content = definedOnly<ClusterContent>({
    statName: spec.stats_name ?? wordOf(address.host, address.port),
    discovery: discovery(source),
    connectTimeout: spec.connect_timeout_ms ?? plainCluster.connectTimeout,
    idleTimeout: spec.cluster_idle_timeout_ms,
    maxConnectionLifetime: spec.cluster_max_connection_lifetime_ms,
    tls: originatesTls(spec, address) ? tls(source) : undefined,
    protocol: spec.grpc === true ? 'http2' : 'http1',
    loadBalancer: loadBalancer(source),
    circuitBreakers: circuitBreakers(spec),
    keepalive: keepalive(spec),
    healthChecks: isDiscovered(source) ? healthChecks(spec, address.host) : undefined,
  });
  const tag = spec.cluster_tag;
  const tagged = tag === undefined ? '' : `${tag}_`;
  const readable = `cluster_${tagged}${wordOf(address.host, source.port)}_${source.namespace}`;
  return {
    name: clusterName(readable, tag, content),
    ...content,
    statName: spec.stats_name ?? wordOf(qualified(source), address.port),
  };
};

/** Services of one name in two namespaces are two in statistics; in that of the installation DNS needs no more than the name. */
const qualified = ({ address, resolver, namespace, ownNamespace }: ClusterSource): string =>
  !address.literal && isBare(address) && (resolver === 'endpoint' || namespace !== ownNamespace)
    ? `${address.host}.${namespace}`
    : address.host;

/** Where this is equal, clusters are equal. */
const clusterIdentity = (source: ClusterSource): string => {
  const { spec, resolver, port, namespace, ownNamespace } = source;
  const place = `${resolver} ${port} ${namespace} ${ownNamespace} `;
  if (!mentions(spec, clusterFieldSet)) return place + spec.service;
  const fields = clusterFields.map((field) => spec[field]);
  return place + JSON.stringify([spec.service, ...fields, source.context]);
};

const clusterFields = fieldsOn('cluster');
const clusterFieldSet: ReadonlySet<string> = new Set(clusterFields);

const keepalive = ({ keepalive: wanted }: ClusterSpec): Cluster['keepalive'] =>
  wanted === undefined
    ? undefined
    : definedOnly({
        probes: unlessZero(wanted.probes),
        time: unlessZero(wanted.idle_time),
        interval: unlessZero(wanted.interval),
      });

const unlessZero = (value: number | undefined): number | undefined =>
  value === 0 ? undefined : value;

const circuitBreakers = ({ circuit_breakers }: ClusterSpec): Cluster['circuitBreakers'] =>
  circuit_breakers?.map((breaker) =>
    definedOnly<CircuitBreaker>({
      priority: breaker.priority ?? 'default',
      maxConnections: breaker.max_connections,
      maxPendingRequests: breaker.max_pending_requests,
      maxRequests: breaker.max_requests,
      maxRetries: breaker.max_retries,
    }),
  ) ?? plainCluster.circuitBreakers;

/** Whether the upstream is spoken to over TLS: `https://`, or `tls` without saying `false`. */
export const originatesTls = ({ tls: wanted }: ClusterSpec, address: ServiceAddress): boolean =>
  address.scheme === 'https' || (wanted !== undefined && wanted !== '' && wanted !== 'false');

/** Whether `tls` names the TLSContext with which a service is to be reached. */
export const wantsTlsContext = ({ tls: wanted }: Pick<ClusterSpec, 'tls'>): boolean =>
  wanted !== undefined && !['', 'true', 'false'].includes(wanted);

/** The Service a name stands for: `name`, `name.namespace` or the full name in cluster DNS. */
export const serviceKey = (host: string, namespace: string): ObjectKey => {
  if (!host.includes('.')) return objectKey(namespace, host);
  const [name = '', explicit] = host.split('.');
  return objectKey(explicit ?? namespace, name);
};

/** Names the ConsulResolver with a key. */
export const consulResolverName = (key: ObjectKey): ConsulResolverName => `consul ${key}`;

/** The key of the ConsulResolver by which a service is found; absent where it is found otherwise. */
export const consulResolverOf = (resolver: Resolver): ObjectKey | undefined =>
  resolver === 'service' || resolver === 'endpoint'
    ? undefined
    : (resolver.slice('consul '.length) as ObjectKey);

/** Whether each address of the service is known: only those can be balanced and checked. */
export const isDiscovered = ({
  resolver,
  address,
}: Pick<ClusterSource, 'resolver' | 'address'>): boolean =>
  resolver !== 'service' && !address.literal;

const discovery = (source: ClusterSource): Discovery => {
  const { address, port, namespace, ownNamespace, spec } = source;
  if (address.literal) return { _tag: 'Static', address: address.host, port };
  const consul = consulResolverOf(source.resolver);
  if (consul !== undefined)
    return { _tag: 'Eds', endpoints: consulServiceName(consul, address.host) };
  if (isDiscovered(source))
    return { _tag: 'Eds', endpoints: `${serviceKey(address.host, namespace)}:${port}` };
  return {
    _tag: 'Dns',
    lookup: spec.dns_type === 'logical_dns' ? 'logical' : 'strict',
    host: dnsName(address, namespace === ownNamespace ? undefined : namespace),
    port,
    family: family(spec),
    respectTtl: spec.respect_dns_ttl === true,
  };
};

const dnsName = ({ host, absolute }: ServiceAddress, namespace: string | undefined): string => {
  if (absolute === true) return `${host}.`;
  return isBare({ host }) && namespace !== undefined ? `${host}.${namespace}` : host;
};

const isBare = ({ host }: Pick<ServiceAddress, 'host'>): boolean =>
  !host.includes('.') && host !== 'localhost';

const family = ({ enable_ipv4 = true, enable_ipv6 = false }: ClusterSpec) => {
  if (!enable_ipv6) return 'v4' as const;
  return enable_ipv4 ? ('auto' as const) : ('v6' as const);
};

const tls = ({ spec: { host_rewrite }, address, context }: ClusterSource): UpstreamTls => ({
  ...(host_rewrite !== undefined || !address.literal ? { sni: host_rewrite ?? address.host } : {}),
  ...context,
});

const loadBalancer = (source: ClusterSource): LoadBalancer =>
  loadBalancers[
    isDiscovered(source) ? (source.spec.load_balancer?.policy ?? 'round_robin') : 'round_robin'
  ];

/** The load balancers that can be asked for. */
export const loadBalancers = {
  round_robin: { _tag: 'RoundRobin' },
  least_request: { _tag: 'LeastRequest' },
  ring_hash: { _tag: 'RingHash' },
  maglev: { _tag: 'Maglev' },
} as const satisfies { readonly [policy: string]: LoadBalancer };
