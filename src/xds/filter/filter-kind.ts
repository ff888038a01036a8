import type { Any } from '../../../proto/envoy.ts';

/** How the filters of one kind are encoded. */
export interface FilterKind<F, S> {
  /**
   * The type of the configuration, if it comes over ECDS: then a filter that changes changes no listener.
   * Absent: it never changes, and lies in the listener.
   */
  readonly discovered?: string;
  /** Only routes that have settings for it turn it on. */
  readonly disabled?: true;
  // Methods, so that one function can take any row: a row is only ever given values of its own kind.
  /** The configuration of a filter. */
  config(filter: F): Any;
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
