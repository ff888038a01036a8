import type { Any } from '../../../proto/envoy.ts';

/** How the filters of a kind are encoded, where routes can have settings of their own. */
export interface FilterKind<F, S> extends Configured<F> {
  // `forRoute` and `config` are methods, because TypeScript checks their parameters less strictly: so one
  // function can take any row. A row is only given values of its own kind.
  /** The entry in `typed_per_filter_config` of a route that has settings of its own. */
  forRoute(settings: S): Any;
}

/** How the configuration of the filters of a kind is encoded. */
export interface Configured<F> {
  /**
   * The type URL of the configuration, if it comes over ECDS: then no listener changes with it. Absent, if
   * the configuration never changes: then it is a part of the listener.
   */
  readonly discovered?: string;
  /** The filter is off, except on routes that have settings for it. */
  readonly disabled?: true;
  /** The cluster that a filter cannot do without; absent: it needs none. */
  clusterOf?(filter: F): string;
  /** The configuration of a filter. */
  config(filter: F): Any;
  /**
   * The entry in `typed_per_filter_config` of a route that turns the filter off. Absent, if the filter does
   * nothing on routes without settings.
   *
   * It is a message of the filter itself, if there is one. Envoy's `FilterConfig.disabled` has no effect in a
   * table that is cut: Envoy chooses the filters of a request by the first route that it finds, and that is the
   * gate.
   */
  readonly off?: Any;
}
