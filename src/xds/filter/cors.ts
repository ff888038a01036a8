import type { CorsFilter, CorsPolicy } from '../../ir/filter/cors.ts';
import { any } from '../message/encode.ts';
import type { FilterKind } from './filter-kind.ts';

/** Cross-origin resource sharing, by the policy of the route. */
export const cors: FilterKind<CorsFilter, CorsPolicy> = {
  config: () => any('envoy.extensions.filters.http.cors.v3.Cors', {}),
  forRoute: (policy) =>
    any('envoy.extensions.filters.http.cors.v3.CorsPolicy', {
      allow_origin_string_match: [
        ...policy.origins.map((origin) => ({ exact: origin })),
        ...(policy.originPatterns ?? []).map((regex) => ({ safe_regex: { regex } })),
      ],
      ...(policy.methods.length > 0 && { allow_methods: policy.methods.join(', ') }),
      ...(policy.headers.length > 0 && { allow_headers: policy.headers.join(', ') }),
      ...(policy.exposedHeaders.length > 0 && { expose_headers: policy.exposedHeaders.join(', ') }),
      ...(policy.maxAge !== undefined && { max_age: policy.maxAge }),
      ...(policy.credentials !== undefined && { allow_credentials: { value: policy.credentials } }),
      ...(policy.answersAllPreflights && { forward_not_matching_preflights: { value: false } }),
    }),
};
