import type { ObjectRef } from '../object-ref.ts';
import type { FilterName } from './filter-name.ts';

/** Names the one filter for CORS, which every chain lists. */
export const corsFilter: FilterName = 'envoy.filters.http.cors';

/** Cross-origin resource sharing: it does nothing but for routes that have a policy. */
export interface CorsFilter {
  readonly _tag: 'Cors';
  readonly from: readonly ObjectRef[];
}

/**
 * Cross-origin resource sharing for one route. Where `*` stands for all methods, headers or origins, clients are
 * told what they asked for.
 */
export interface CorsPolicy {
  readonly _tag: 'Cors';
  /** Origins as clients write them (`https://app.example`); `*` stands for all. */
  readonly origins: readonly string[];
  /** More origins, as regular expressions (RE2), each of a whole origin. */
  readonly originPatterns?: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly credentials?: boolean;
  /** Seconds, as the header says it. */
  readonly maxAge?: string;
  /**
   * Preflight requests of other origins are answered too, without their origin in the answer, so that they
   * have no leave; and all of them where no backend is. Absent: they go on like any other request.
   */
  readonly answersAllPreflights?: true;
}

/**
 * The pattern of an origin in which `*` stands for any part of its host name, dots included:
 * `https://*.example`. The usual port of a scheme may be written or not.
 */
export const originPattern = (origin: string): string => {
  const [, scheme = '', host = '', port] = /^(\w+):\/\/(.*?)(?::(\d+))?$/.exec(origin) ?? [];
  const usual = usualPorts.get(scheme);
  const isUsual = usual !== undefined && (port ?? usual) === usual;
  const hosts = host.split('*').map(quoted).join('[\\w.-]*');
  return `${scheme}://${hosts}${isUsual ? `(?::${usual})?` : `:${port}`}`;
};

const usualPorts: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
]);

const quoted = (text: string): string => text.replaceAll(/[^\w-]/g, '\\$&');
