import {
  identity,
  map,
  scan,
  type MonoTypeOperatorFunction,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Batch, PipelineEvent } from '../src/journal/batch.ts';
import type { Due } from '../src/plane/agenda.ts';
import { newPlane, stepPlane, type Plane, type PlaneOptions } from '../src/plane/plane.ts';
import type { Published } from '../src/plane/published.ts';
import { coalesce, type Holdoff } from './pipe/coalesce.ts';
import { publications } from './pipe/publications.ts';
import { withPauses } from './pipe/with-pauses.ts';

interface PipelineOptions extends PlaneOptions {
  readonly holdoff: Holdoff;
  /** A stage that sees every batch before it has any effect, and passes it on unchanged: `record`. */
  readonly tap?: MonoTypeOperatorFunction<Due>;
}

/**
 * The whole control plane: from events of the cluster and of Envoys to what every Envoy should
 * hold.
 *
 * The input is groups of events, each group one change: what one read of a folder found, one answer of
 * the API server, one verdict of an Envoy. Building the pipe does nothing; subscribing runs it. A batch
 * publishes at most once.
 */
export const pipeline =
  (
    options: PipelineOptions,
    scheduler?: SchedulerLike,
  ): OperatorFunction<readonly PipelineEvent[], Published> =>
  (events$) =>
    events$.pipe(
      coalesce(options.holdoff, scheduler), //           groups → batches
      withPauses(options, largeFrom, scheduler), //      → batches, in the order in which they take effect
      options.tap ?? identity, //                        the journal writes them down, if there is one
      map(({ plane }) => plane()), //                    → planes: objects → IR → xDS, by change
      publications(), //                                 → what is published
    );

/**
 * A batch about more objects than this, which take some milliseconds, is worked out with pauses.
 */
const largeFrom = 200;

/**
 * The pipe without time, for replays: recorded batches publish the snapshots that they published when
 * they were recorded, although nothing is worked out ahead here.
 */
export const untimedPipeline =
  (options: PlaneOptions): OperatorFunction<Batch, Published> =>
  (batches$) =>
    batches$.pipe(scan(stepped(options), newPlane(options)), publications());

const stepped = (options: PlaneOptions) => {
  const step = stepPlane(options);
  // `scan` has a third argument, the index; that of `step` is what was worked out ahead.
  return (plane: Plane, batch: Batch): Plane => step(plane, batch);
};
