import {
  ClusterDiscoveryType,
  ClusterDnsLookupFamily,
  RoutingPriority,
  type CircuitBreakersThresholds,
  type Cluster as ClusterMessage,
  type TcpKeepalive,
} from '../../../proto/envoy.ts';
import type * as ir from '../../ir/cluster.ts';
import { secretsOfCluster } from '../../ir/cluster.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { encodeBriefly } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';
import { statName } from '../message/stat-name.ts';
import { resource, type Resource, type ResourceName } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import { healthCheck } from './health-check.ts';
import { assignment } from './load-assignment.ts';
import { loadBalancer } from './load-balancer.ts';
import { outlierDetection } from './outlier-detection.ts';
import { upstreamProtocol } from './upstream-protocol.ts';
import { upstreamTls } from './upstream-tls.ts';

/** CDS: one upstream service. Its endpoints, if they are discovered, travel on their own. */
export const cluster = (source: ir.Cluster): Resource =>
  resource(
    TypeUrl.Cluster,
    source.name,
    encodeBriefly('envoy.config.cluster.v3.Cluster', clusterMessage(source)),
    needsOf(source),
  );

const needsOf = (source: ir.Cluster): readonly ResourceName[] => {
  const secrets = secretsOfCluster(source).map((name) => ({ typeUrl: TypeUrl.Secret, name }));
  return source.discovery._tag === 'Eds'
    ? [{ typeUrl: TypeUrl.Endpoints, name: source.discovery.endpoints }, ...secrets]
    : secrets;
};

const clusterMessage = (source: ir.Cluster): ClusterMessage => ({
  name: source.name,
  alt_stat_name: statName(source.statName),
  ...discovery(source),
  connect_timeout: duration(source.connectTimeout),
  per_connection_buffer_limit_bytes: { value: flowControl.connectionBufferBytes },
  ...loadBalancer(source.loadBalancer),
  typed_extension_protocol_options: upstreamProtocol(source),
  ...(source.tls !== undefined && { transport_socket: upstreamTls(source.tls, source.protocol) }),
  ...(source.circuitBreakers.length > 0 && {
    circuit_breakers: { thresholds: source.circuitBreakers.map(thresholds) },
  }),
  ...(source.healthChecks !== undefined && {
    health_checks: source.healthChecks.map((one, i) => healthCheck(`${i}`, one, source.protocol)),
  }),
  ...(source.outlierDetection !== undefined && {
    outlier_detection: outlierDetection(source.outlierDetection),
  }),
  ...(source.keepalive !== undefined && {
    upstream_connection_options: { tcp_keepalive: tcpKeepalive(source.keepalive) },
  }),
});

const discovery = ({
  name,
  discovery: source,
}: ir.Cluster): Pick<ClusterMessage, DiscoveryField> => {
  switch (source._tag) {
    case 'Eds':
      return {
        type: ClusterDiscoveryType.EDS,
        eds_cluster_config: { eds_config: adsSource, service_name: source.endpoints },
      };
    case 'Dns':
      return {
        type:
          source.lookup === 'strict'
            ? ClusterDiscoveryType.STRICT_DNS
            : ClusterDiscoveryType.LOGICAL_DNS,
        dns_lookup_family: families[source.family],
        respect_dns_ttl: source.respectTtl,
        load_assignment: assignment(
          name,
          [source, ...(source.others ?? [])].map(({ host: address, port }) => ({ address, port })),
        ),
      };
    case 'Static':
      return { type: ClusterDiscoveryType.STATIC, load_assignment: assignment(name, [source]) };
  }
};

type DiscoveryField =
  'type' | 'eds_cluster_config' | 'dns_lookup_family' | 'respect_dns_ttl' | 'load_assignment';

const families = {
  v4: ClusterDnsLookupFamily.V4_ONLY,
  v6: ClusterDnsLookupFamily.V6_ONLY,
  auto: ClusterDnsLookupFamily.AUTO,
} as const;

/** A limit that is not set here stays Envoy's default. */
const thresholds = (breaker: ir.CircuitBreaker): CircuitBreakersThresholds => ({
  priority: breaker.priority === 'high' ? RoutingPriority.HIGH : RoutingPriority.DEFAULT,
  ...(breaker.maxConnections !== undefined && {
    max_connections: { value: breaker.maxConnections },
  }),
  ...(breaker.maxPendingRequests !== undefined && {
    max_pending_requests: { value: breaker.maxPendingRequests },
  }),
  ...(breaker.maxRequests !== undefined && { max_requests: { value: breaker.maxRequests } }),
  ...(breaker.maxRetries !== undefined && { max_retries: { value: breaker.maxRetries } }),
});

const tcpKeepalive = ({ probes, time, interval }: ir.Keepalive): TcpKeepalive => ({
  ...(probes !== undefined && { keepalive_probes: { value: probes } }),
  ...(time !== undefined && { keepalive_time: { value: time } }),
  ...(interval !== undefined && { keepalive_interval: { value: interval } }),
});
