import type { PipelineEvent } from '../../src/journal/batch.ts';
import { open } from '../../src/xds/session/conversation.ts';
import type { DeltaRequest, DeltaResponse } from '../../src/xds/session/discovery.ts';
import { isResting } from '../../src/xds/session/resting.ts';
import { step, type ConversationEvent } from '../../src/xds/session/step.ts';
import type { TypeUrl } from '../../src/xds/type-url.ts';
import type { Published } from '../../src/plane/published.ts';
import { listed, type Manifest } from '../_support/world/builders.ts';
import { runningPipe } from '../_support/world/running-pipe.ts';
import { encodeResponse } from '../_support/xds/encode-response.ts';
import { answersTo, firstRequests } from './envoy.ts';
import { eventsOf } from './watch-line.ts';

/** What one event cost. */
export interface Cost {
  /** The work for all responses that followed from it, without what Envoy did; milliseconds. */
  readonly all: number;
  /** As `all`, but only while this thread had a processor; the kernel counts it in steps of 4 ms. */
  readonly processor: number;
  /** The bytes of all responses. */
  readonly bytes: number;
  /** How many resources of which types they had. */
  readonly resources: ReadonlyMap<TypeUrl, number>;
}

/** A control plane and one Envoy that holds everything, both in this process. */
export interface ControlPlane {
  /** Takes a line of a watch; throws when nothing follows from it. */
  readonly happen: (line: Buffer) => Cost;
  readonly cold: Cost;
  readonly latest: () => Published | undefined;
}

/** Reads a whole cluster and brings one simulated Envoy up to it. */
export const controlPlane = (objects: readonly Manifest[]): ControlPlane => {
  const pipe = runningPipe();
  let latest: Published | undefined;
  let conversation = open({ node: 'bench' });

  const advance = (event: ConversationEvent): readonly DeltaResponse[] => {
    const turn = step(conversation, event);
    conversation = turn.conversation;
    return turn.responses;
  };
  const exchange = (events: () => readonly PipelineEvent[]): Cost => {
    let began = performance.now();
    let used = processorMs();
    const published = pipe.take(events());
    if (published === undefined) throw new Error('expected a publication');
    latest = published;
    let responses = advance({ _tag: 'Published', snapshot: published.snapshot });
    let [all, processor, bytes] = [0, 0, 0];
    const resources = new Map<TypeUrl, number>();
    while (responses.length > 0) {
      for (const response of responses) bytes += encodeResponse(response).length;
      all += performance.now() - began;
      processor += processorMs() - used;
      for (const { typeUrl, resources: sent } of responses)
        resources.set(typeUrl, (resources.get(typeUrl) ?? 0) + sent.length);
      const answers: readonly DeltaRequest[] = responses.flatMap(answersTo);
      began = performance.now();
      used = processorMs();
      responses = answers.flatMap((request) => advance({ _tag: 'Requested', request }));
      // Rests are over at once here, so that what is removed later counts for the change it follows from.
      while (responses.length === 0 && isResting(conversation.resting))
        responses = advance({ _tag: 'Rested' });
    }
    all += performance.now() - began;
    processor += processorMs() - used;
    return { all, processor, bytes, resources };
  };

  for (const request of firstRequests) advance({ _tag: 'Requested', request });
  return {
    cold: exchange(() => listed(objects)),
    happen: (line) => exchange(() => eventsOf(line)),
    latest: () => latest,
  };
};

/** The time this thread has had a processor. */
const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
