import * as t from 'io-ts';

import { Milliseconds } from '../../codec/integer.ts';
import { struct } from '../../codec/struct.ts';
import { Count } from '../../codec/integer.ts';
import { Name } from '../../codec/text.ts';
import { Cors } from '../cors.ts';
import { AddedHeaders, RemovedHeaders } from '../header-mutation.ts';
import { KeepAlive, mappingDestination } from '../mapping-destination.ts';
import { RetryPolicy } from '../retry-policy.ts';

const defaultFields = {
  add_request_headers: AddedHeaders,
  add_response_headers: AddedHeaders,
  remove_request_headers: RemovedHeaders,
  remove_response_headers: RemovedHeaders,
  stats_name: Name,
};

const {
  circuit_breakers,
  cluster_idle_timeout_ms,
  cluster_max_connection_lifetime_ms,
  enable_ipv4,
  enable_ipv6,
  load_balancer,
} = mappingDestination;

/** The keys of a Module that count for Mappings which do not say it themselves. */
export const mappingDefaults = {
  ...{ circuit_breakers, cluster_idle_timeout_ms, cluster_max_connection_lifetime_ms },
  ...{ enable_ipv4, enable_ipv6, load_balancer },
  add_linkerd_headers: t.boolean,
  cluster_request_timeout_ms: Milliseconds,
  cors: Cors,
  /** Those of Mappings are looked up in `httpmapping` first. */
  defaults: struct(
    {},
    {
      ...defaultFields,
      httpmapping: struct({}, defaultFields),
      tls_secret_namespacing: t.boolean,
    },
  ),
  keepalive: KeepAlive,
  regex_max_size: Count,
  resolver: Name,
  retry_policy: RetryPolicy,
  use_ambassador_namespace_for_service_resolution: t.boolean,
};
