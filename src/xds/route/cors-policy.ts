import type { Any } from '../../../proto/envoy.ts';
import type { Cors } from '../../ir/route.ts';
import { any } from '../message/encode.ts';

/** The name of the filter in the HTTP connection manager; routes configure it by this name. */
export const corsFilter = 'envoy.filters.http.cors';

/** Cross-origin resource sharing for one route, as the configuration of the filter. */
export const corsPolicy = (cors: Cors): { readonly [filter: string]: Any } => ({
  [corsFilter]: any('envoy.extensions.filters.http.cors.v3.CorsPolicy', {
    allow_origin_string_match: cors.origins.map((origin) => ({ exact: origin })),
    ...(cors.methods.length > 0 && { allow_methods: cors.methods.join(', ') }),
    ...(cors.headers.length > 0 && { allow_headers: cors.headers.join(', ') }),
    ...(cors.exposedHeaders.length > 0 && { expose_headers: cors.exposedHeaders.join(', ') }),
    ...(cors.maxAge !== undefined && { max_age: cors.maxAge }),
    ...(cors.credentials !== undefined && { allow_credentials: { value: cors.credentials } }),
  }),
});
