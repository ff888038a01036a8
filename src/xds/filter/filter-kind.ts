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
}
