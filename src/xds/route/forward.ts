import {
  RoutingPriority,
  type RouteRetryPolicy,
  type RouteAction,
  type RouteActionHashPolicy,
} from '../../../proto/envoy.ts';
import type { Forward, HashPolicy, RetryPolicy } from '../../ir/route.ts';
import { duration } from '../message/duration.ts';
import { fraction } from '../message/fraction.ts';
import { regexSubstitution } from '../message/string-matcher.ts';

/** Sends the request to a cluster. */
export const forward = (source: Forward): RouteAction => ({
  cluster: source.cluster,
  timeout: duration(source.timeout),
  ...(source.idleTimeout !== undefined && { idle_timeout: duration(source.idleTimeout) }),
  ...pathRewrite(source.pathRewrite),
  ...hostRewrite(source.hostRewrite),
  ...(source.retry !== undefined && { retry_policy: retryPolicy(source.retry) }),
  ...(source.hash.length > 0 && { hash_policy: source.hash.map(hashPolicy) }),
  ...(source.mirrors.length > 0 && {
    request_mirror_policies: source.mirrors.map(({ cluster, percent }) => ({
      cluster,
      runtime_fraction: fraction(percent),
    })),
  }),
  ...(source.upgrades.length > 0 && {
    upgrade_configs: source.upgrades.map((upgrade) => ({ upgrade_type: upgrade })),
  }),
  ...(source.priority === 'high' && { priority: RoutingPriority.HIGH }),
});

const pathRewrite = (
  rewrite: Forward['pathRewrite'],
): Pick<RouteAction, 'prefix_rewrite' | 'regex_rewrite'> => {
  switch (rewrite?._tag) {
    case undefined:
      return {};
    case 'Prefix':
      return { prefix_rewrite: rewrite.value };
    case 'Regex':
      return { regex_rewrite: regexSubstitution(rewrite) };
  }
};

const hostRewrite = (
  rewrite: Forward['hostRewrite'],
): Pick<RouteAction, 'host_rewrite_literal'> | Pick<RouteAction, 'auto_host_rewrite'> => {
  switch (rewrite?._tag) {
    case undefined:
      return {};
    case 'Literal':
      return { host_rewrite_literal: rewrite.value };
    case 'Upstream':
      return { auto_host_rewrite: { value: true } };
  }
};

const retryPolicy = ({ on, retries, perTryTimeout }: RetryPolicy): RouteRetryPolicy => ({
  retry_on: on,
  ...(retries !== undefined && { num_retries: { value: retries } }),
  ...(perTryTimeout !== undefined && { per_try_timeout: duration(perTryTimeout) }),
});

const hashPolicy = (policy: HashPolicy): RouteActionHashPolicy => {
  switch (policy._tag) {
    case 'Header':
      return { header: { header_name: policy.name } };
    case 'SourceIp':
      return { connection_properties: { source_ip: true } };
    case 'Cookie':
      return {
        cookie: {
          name: policy.name,
          ...(policy.path !== undefined && { path: policy.path }),
          ...(policy.ttl !== undefined && { ttl: duration(policy.ttl) }),
        },
      };
  }
};
