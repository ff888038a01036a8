import { ApiVersion, type ExtAuthz, type ListStringMatcher } from '../../../proto/envoy.ts';
import type { ExtAuthFilter, ExtAuthSettings } from '../../ir/filter/ext-auth.ts';
import { framingHeaders } from '../../ir/header/framing-headers.ts';
import { headerFormat } from '../../ir/header/header-format.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import type { FilterKind } from './filter-kind.ts';

const name = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz';
const perRoute = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute';

/**
 * Asks a service about each request. What it answers is checked: a header that is none is answered with 500, and one
 * that frames messages is left out. Else the body of a request could be the next request for the backend.
 */
export const extAuth: FilterKind<ExtAuthFilter, ExtAuthSettings> = {
  discovered: `type.googleapis.com/${name}`,
  clusterOf: ({ cluster }) => cluster,
  config: (filter) =>
    any(name, {
      ...service(filter),
      transport_api_version: ApiVersion.V3,
      // The service may decide where a request goes, by the headers that it sets.
      clear_route_cache: true,
      validate_mutations: true,
      decoder_header_mutation_rules: {
        allow_all_routing: { value: true },
        allow_envoy: { value: true },
        disallow_expression: { regex: framingHeaders.join('|') },
      },
      ...(filter.allowOnFailure === true && { failure_mode_allow: true }),
      ...(filter.statusOnError !== undefined && {
        status_on_error: { code: filter.statusOnError },
      }),
      ...(filter.body !== undefined && {
        with_request_body: {
          max_request_bytes: filter.body.maxBytes,
          allow_partial_message: filter.body.allowPartial,
        },
      }),
    }),
  forRoute: ({ contextExtensions }) =>
    any(perRoute, {
      check_settings: {
        context_extensions: Object.fromEntries(
          Object.entries(contextExtensions).sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      },
    }),
  off: any(perRoute, { disabled: true }),
};

const service = ({ asks, cluster, timeout }: ExtAuthFilter): ExtAuthz => {
  if (asks._tag === 'Grpc')
    return {
      grpc_service: { envoy_grpc: { cluster_name: cluster }, timeout: duration(timeout) },
    };
  const { uri, pathPrefix, told, added, taken } = asks;
  return {
    allowed_headers: anyOf(told),
    http_service: {
      server_uri: { uri, cluster, timeout: duration(timeout) },
      ...(pathPrefix !== undefined && { path_prefix: pathPrefix }),
      authorization_request: {
        headers_to_add: added.map(({ name: key, value }) => ({ key, value: headerFormat(value) })),
      },
      authorization_response: {
        allowed_upstream_headers: anyOf(taken),
        allowed_client_headers: anyOf(taken),
      },
    },
  };
};

const anyOf = (names: readonly string[]): ListStringMatcher => ({
  patterns: names.map((exact) => ({ exact, ignore_case: true })),
});
