import {
  defer,
  identity,
  type MonoTypeOperatorFunction,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Batch, PipelineEvent } from '../src/journal/batch.ts';
import { coalesce, type Holdoff } from './pipe/coalesce.ts';
import { newDesk, type Desk } from './pipe/desk.ts';
import { publish, type Published, type PublishOptions } from './pipe/publish.ts';
import { reduce } from './pipe/reduce.ts';
import { withPauses } from './pipe/with-pauses.ts';

interface PipelineOptions extends PublishOptions {
  readonly holdoff: Holdoff;
  /** A stage that sees every batch and passes it on unchanged: `record`. */
  readonly tap?: MonoTypeOperatorFunction<Batch>;
}

/**
 * The whole control plane: from what the world says to what every Envoy should hold.
 *
 * What goes in are groups of events, each of which is one change: what one read of a folder found,
 * one answer of the API server, one verdict of an Envoy. Building the pipe does nothing; subscribing
 * runs it. One batch publishes at most once.
 */
export const pipeline =
  (
    options: PipelineOptions,
    scheduler?: SchedulerLike,
  ): OperatorFunction<readonly PipelineEvent[], Published> =>
  (events$) =>
    defer(() => {
      const desk = newDesk(options.translation, largeFrom);
      return events$.pipe(
        coalesce(options.holdoff, scheduler), // groups → batches
        withPauses(desk, scheduler), //            large batches, once they are worked out
        options.tap ?? identity, //              batches, on their way into a journal
        untimedPipeline(options, desk), //       batches → what is published
      );
    });

/** Above how many objects a batch is worked out with pauses: some milliseconds' worth. */
const largeFrom = 200;

/**
 * The part of the pipe in which time plays no role: equal batches publish equal snapshots. A replay
 * enters here.
 */
export const untimedPipeline =
  (options: PublishOptions, desk?: Desk): OperatorFunction<Batch, Published> =>
  (batches$) =>
    batches$.pipe(
      reduce(desk), //                         batches → everything known, silent until synced
      publish(options, desk), //               everything known → IR → xDS, by change
    );
