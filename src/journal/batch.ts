import type { KubeEvent } from '../kube/kube-event.ts';
import type { Verdict } from '../xds/session/discovery.ts';

/** Everything that can change what Envoy should hold: the cluster, and Envoy's own answers. */
export type PipelineEvent = KubeEvent | Verdict;

/** Events that are handled together: one change of the world, one translation. */
export interface Batch<A = PipelineEvent> {
  /** When the first of them arrived, by the scheduler's clock, in milliseconds. */
  readonly at: number;
  /** In the order in which they arrived; never empty. */
  readonly events: readonly A[] & { readonly 0: A };
}
