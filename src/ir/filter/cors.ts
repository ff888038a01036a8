import type { ObjectRef } from '../object-ref.ts';
import type { FilterName } from './filter-name.ts';

/** Names the one filter for CORS, which every chain lists. */
export const corsFilter: FilterName = 'envoy.filters.http.cors';

/** Cross-origin resource sharing: it does nothing but for routes that have a policy. */
export interface CorsFilter {
  readonly _tag: 'Cors';
  readonly from: readonly ObjectRef[];
}

/** Cross-origin resource sharing for one route. */
export interface CorsPolicy {
  readonly _tag: 'Cors';
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly credentials?: boolean;
  /** Seconds, as the header says it. */
  readonly maxAge?: string;
}
