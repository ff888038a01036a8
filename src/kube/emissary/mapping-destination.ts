import * as t from 'io-ts';

import { integer, Milliseconds, PositiveMilliseconds } from '../codec/integer.ts';
import { list, nonEmptyList } from '../codec/list.ts';
import { struct } from '../codec/struct.ts';
import { Name } from '../codec/text.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { ExplicitTls } from './explicit-tls.ts';
import { HealthCheck } from './health-check.ts';
import { LoadBalancer } from './load-balancer.ts';

/** The system refuses more on a connection, and then there is none. 0 leaves the choice to it. */
export const KeepAlive = struct(
  {},
  { probes: integer(0, 127), idle_time: integer(0, 32_767), interval: integer(0, 32_767) },
);

/** The fields by which a Mapping says how its upstream is reached, beside `service`. */
export const mappingDestination = {
  resolver: Name,
  tls: Name,
  dns_type: Name,
  respect_dns_ttl: t.boolean,
  enable_ipv4: t.boolean,
  enable_ipv6: t.boolean,
  connect_timeout_ms: PositiveMilliseconds,
  cluster_idle_timeout_ms: Milliseconds,
  cluster_max_connection_lifetime_ms: Milliseconds,
  keepalive: KeepAlive,
  circuit_breakers: list(CircuitBreaker),
  load_balancer: LoadBalancer,
  health_checks: nonEmptyList(HealthCheck, 16),
  outlier_detection: Name,
  grpc: t.boolean,
  cluster_tag: Name,
  stats_name: Name,
  weight: integer(0, 100),
  shadow: t.boolean,
  v2ExplicitTLS: ExplicitTls,
};
