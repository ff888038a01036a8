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

/** What a batch says of the cluster. */
export const kubeEvents = ({ events }: Batch): readonly KubeEvent[] =>
  events.filter((event) => event._tag !== 'Verdict');

/** What Envoys say in a batch. */
export const verdicts = ({ events }: Batch): readonly Verdict[] =>
  events.filter((event) => event._tag === 'Verdict');

/** Makes one batch of several: their events, in order, at the time of the last. */
export const merged = (first: Batch, later: readonly Batch[]): Batch => {
  const [head, ...tail] = first.events;
  const { at } = later.at(-1) ?? first;
  return { at, events: [head, ...tail, ...later.flatMap(({ events }) => events)] };
};
