import type { ObjectRef } from '../object-ref.ts';
import type { AddressRules } from './address-rules.ts';
import type { BufferFilter, BufferSettings } from './buffer.ts';
import type { CorsFilter, CorsPolicy } from './cors.ts';
import type { ErrorPages, ErrorPagesFilter } from './error-pages.ts';
import type { ExtAuthFilter, ExtAuthSettings } from './ext-auth.ts';
import type { FilterName } from './filter-name.ts';
import type { GrpcBridgeFilter, GrpcStatsFilter, GrpcWebFilter } from './grpc.ts';
import type { GzipFilter } from './gzip.ts';
import type { ProbeFilter } from './probe.ts';
import type { RateLimitFilter, RateLimits } from './rate-limit.ts';
import type { ScriptFilter } from './script.ts';

/** An HTTP filter with the settings it has for all routes of the chains that list it. */
export type HttpFilter = ConfiguredFilter | UnavailableFilter | IdleFilter;

/** A filter that can be built. */
export type ConfiguredFilter =
  | AddressRules
  | ProbeFilter
  | GrpcBridgeFilter
  | GrpcWebFilter
  | GrpcStatsFilter
  | ScriptFilter
  | GzipFilter
  | ErrorPagesFilter
  | CorsFilter
  | ExtAuthFilter
  | BufferFilter
  | RateLimitFilter;

/** A filter that cannot be built as it is asked for: routes that do not turn it off answer 503. */
interface UnavailableFilter {
  readonly _tag: 'Unavailable';
  readonly kind: SwitchableKind;
  readonly from: readonly ObjectRef[];
}

/**
 * A filter that does nothing. It is there so that one that does something can take its place without a change
 * of the listener, whose open connections would not pass it.
 */
interface IdleFilter {
  readonly _tag: 'Idle';
  readonly kind: SwitchableKind;
  readonly from: readonly ObjectRef[];
}

/** The kinds of filters that do nothing where no route asks for them, or answer before any route is asked. */
const unswitchable = ['Cors', 'RateLimit', 'ErrorPages', 'Probe'] as const;

/** The kinds of filters that do something for every route that does not turn them off. */
type SwitchableKind = Exclude<ConfiguredFilter['_tag'], (typeof unswitchable)[number]>;

/** Whether routes can turn filters of a kind off. */
export const isSwitchable = (kind: ConfiguredFilter['_tag']): kind is SwitchableKind =>
  !unswitchable.some((one) => one === kind);

/** The settings of a filter for one route, in place of its own. */
export type FilterSettings =
  CorsPolicy | ExtAuthSettings | BufferSettings | RateLimits | ErrorPages;

/**
 * The settings of a filter on a route, or for one of its backends. If the chains of the route do not list the
 * filter, settings other than `Off` make the route, or the share of the backend, answer 503.
 */
export interface FilterUse {
  readonly filter: FilterName;
  readonly settings: FilterSettings | Off;
}

/** The filter does nothing for the route. */
interface Off {
  readonly _tag: 'Off';
  readonly kind: SwitchableKind;
}

/**
 * What a route says that a filter is not for; absent, if the filter does nothing where no route asks for it, or
 * answers for the gateway before any route is asked.
 */
export const turnedOff = (name: FilterName, filter: HttpFilter): FilterUse | undefined => {
  const isStandIn = filter._tag === 'Unavailable' || filter._tag === 'Idle';
  const kind = isStandIn ? filter.kind : filter._tag;
  return isSwitchable(kind) ? { filter: name, settings: { _tag: 'Off', kind } } : undefined;
};
