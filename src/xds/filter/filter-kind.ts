import type { Any } from '../../../proto/envoy.ts';

/** How the filters of a kind are encoded that routes can say something to. */
export interface FilterKind<F, S> extends Configured<F> {
  // Methods here and below, so that one function can take any row: a row is only given values of its own kind.
  /** What a route carries that has settings of its own. */
  forRoute(settings: S): Any;
  /**
   * What a route carries that turns it off; absent: it is off without settings.
   *
   * It is a message of the filter itself. Envoy's `FilterConfig.disabled` does nothing where a table is cut:
   * which filters a request passes is decided by the first route it has, and that is the gate.
   */
  readonly off?: Any;
}

/** How the configuration of the filters of a kind is encoded. */
export interface Configured<F> {
  /**
   * The type of the configuration, if it comes over ECDS: then a filter that changes changes no listener.
   * Absent: it never changes, and lies in the listener.
   */
  readonly discovered?: string;
  /** Only routes that have settings for it turn it on. */
  readonly disabled?: true;
  /** The configuration of a filter. */
  config(filter: F): Any;
}
