import {
  RoutingPriority,
  type RouteRetryPolicy,
  type RouteAction,
  type RouteActionHashPolicy,
  type RouteActionRequestMirrorPolicy,
} from '../../../proto/envoy.ts';
import type { Forward, HashPolicy, Mirror, RetryPolicy } from '../../ir/route.ts';
import { duration } from '../message/duration.ts';
import { fraction } from '../message/fraction.ts';
import { regexSubstitution } from '../message/string-matcher.ts';
import { clusters } from './backends.ts';

/** Sends the request to a cluster, or to one of several by weight. */
export const forward = (source: Forward): RouteAction => ({
  ...clusters(source.backends),
  timeout: duration(source.timeout),
  ...(source.idleTimeout !== undefined && { idle_timeout: duration(source.idleTimeout) }),
  ...pathRewrite(source.pathRewrite),
  ...hostRewrite(source.hostRewrite),
  ...attempts(source),
  ...(source.hash.length > 0 && { hash_policy: source.hash.map(hashPolicy) }),
  ...(source.mirrors.length > 0 && {
    request_mirror_policies: source.mirrors.map(mirrorPolicy),
  }),
  ...(source.upgrades.length > 0 && {
    upgrade_configs: source.upgrades.map((upgrade) => ({ upgrade_type: upgrade })),
  }),
  ...(source.priority === 'high' && { priority: RoutingPriority.HIGH }),
});

const mirrorPolicy = ({
  cluster,
  fraction: copied,
  removeRequestHeaders,
}: Mirror): RouteActionRequestMirrorPolicy => ({
  cluster,
  runtime_fraction: fraction(copied),
  ...(removeRequestHeaders !== undefined && {
    request_headers_mutations: removeRequestHeaders.map((remove) => ({ remove })),
  }),
});

const pathRewrite = (
  rewrite: Forward['pathRewrite'],
):
  | Pick<RouteAction, 'path_rewrite'>
  | Pick<RouteAction, 'prefix_rewrite'>
  | Pick<RouteAction, 'regex_rewrite'> => {
  switch (rewrite?._tag) {
    case undefined:
      return {};
    case 'Full':
      return { path_rewrite: rewrite.value.replaceAll('%', '%%') };
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

/** The time for one attempt is a field of the retries in Envoy; without a condition nothing is retried. */
const attempts = ({ retry, backendTimeout }: Forward): Pick<RouteAction, 'retry_policy'> =>
  retry === undefined && backendTimeout === undefined
    ? {}
    : {
        retry_policy: {
          ...(retry !== undefined && retryPolicy(retry)),
          ...(backendTimeout !== undefined && { per_try_timeout: duration(backendTimeout) }),
        },
      };

const retryPolicy = ({ on, statusCodes, retries, backOff }: RetryPolicy): RouteRetryPolicy => ({
  retry_on: (statusCodes.length > 0 ? [...new Set([...on, byStatusCode])] : on).join(','),
  ...(retries !== undefined && { num_retries: { value: retries } }),
  ...(statusCodes.length > 0 && { retriable_status_codes: statusCodes }),
  ...(backOff !== undefined && {
    retry_back_off: {
      base_interval: duration(backOff.base),
      ...(backOff.max !== undefined && { max_interval: duration(backOff.max) }),
    },
  }),
});

/** The condition without which Envoy does not look at the codes. */
const byStatusCode = 'retriable-status-codes';

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
