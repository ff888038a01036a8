import type { WorldEvent } from '../kube/kube-event.ts';
import type { EnvoyEvent } from '../xds/session/discovery.ts';

/** Everything that can change what Envoy should hold: the world, and Envoy's own answers. */
export type PipelineEvent = WorldEvent | EnvoyEvent;

/** Events that are handled together: one change of the world, one translation. */
export interface Batch<A = PipelineEvent> {
  /** When the first of them arrived, by the scheduler's clock, in milliseconds. */
  readonly at: number;
  /** In the order in which they arrived; never empty. */
  readonly events: readonly A[] & { readonly 0: A };
}

/** What a batch says of the world. */
export const worldEvents = ({ events }: Batch): readonly WorldEvent[] =>
  events.filter((event) => !isOfEnvoy(event));

/** What a batch says of Envoys. */
export const envoyEvents = ({ events }: Batch): readonly EnvoyEvent[] => events.filter(isOfEnvoy);

const isOfEnvoy = (event: PipelineEvent): event is EnvoyEvent =>
  event._tag === 'Verdict' || event._tag === 'Disconnected';

/** Makes one batch of several: their events, in order, at the time of the last. */
export const merged = (first: Batch, later: readonly Batch[]): Batch => {
  const [head, ...tail] = first.events;
  const { at } = later.at(-1) ?? first;
  return { at, events: [head, ...tail, ...later.flatMap(({ events }) => events)] };
};
