import { Subject } from 'rxjs';

import { untimedPipeline } from '../../streams/pipeline.ts';
import type { Published } from '../../streams/publish.ts';
import type { Batch, PipelineEvent } from '../../src/journal/batch.ts';
import { decode } from '../../src/kube/decode.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import { open } from '../../src/xds/conversation.ts';
import type { DeltaRequest, DeltaResponse } from '../../src/xds/discovery.ts';
import { step, type ConversationEvent } from '../../src/xds/step.ts';
import { encodeResponse, frameResource } from '../../src/xds/wire.ts';
import { listed, type Manifest } from '../_support/builders.ts';
import type { Event } from './changes.ts';
import { firstRequests, answersTo } from './envoy.ts';

/** What one event cost. */
export interface Cost {
  /** Until the first response was encoded, in milliseconds. */
  readonly first: number;
  /** The work for all responses that followed from it, without what Envoy did meanwhile. */
  readonly all: number;
  /** The bytes of all responses. */
  readonly bytes: number;
}

/** A control plane and one Envoy that holds everything. */
export interface ControlPlane {
  readonly happen: (event: Event) => Cost;
  readonly cold: Cost;
  readonly latest: () => Published | undefined;
}

/** Reads a whole cluster and brings one Envoy up to it. */
export const controlPlane = (objects: readonly Manifest[]): ControlPlane => {
  const batches$ = new Subject<Batch>();
  let latest: Published | undefined;
  batches$
    .pipe(untimedPipeline({ translation: { ambassadorId: 'default', namespace: 'default' } }))
    .subscribe((published) => {
      latest = published;
    });
  let conversation = open({ node: 'bench' });

  const advance = (event: ConversationEvent): readonly DeltaResponse[] => {
    const turn = step(conversation, event);
    conversation = turn.conversation;
    return turn.responses;
  };
  const exchange = (events: () => readonly PipelineEvent[]): Cost => {
    let began = performance.now();
    const before = latest;
    const [head, ...tail] = events();
    if (head !== undefined) batches$.next({ at: 0, events: [head, ...tail] });
    if (latest === undefined || latest === before) throw new Error('expected a publication');
    let responses = advance({ _tag: 'Published', snapshot: latest.snapshot });
    let [first, all, bytes] = [0, 0, 0];
    while (responses.length > 0) {
      for (const response of responses) bytes += encodeResponse(response, frameResource).length;
      all += performance.now() - began;
      if (first === 0) first = all;
      const answers: readonly DeltaRequest[] = responses.flatMap(answersTo);
      began = performance.now();
      responses = answers.flatMap((request) => advance({ _tag: 'Requested', request }));
    }
    return { first, all: all + performance.now() - began, bytes };
  };

  for (const request of firstRequests) advance({ _tag: 'Requested', request });
  return {
    cold: exchange(() => listed(objects)),
    happen: (event) => exchange(() => [decoded(event)]),
    latest: () => latest,
  };
};

const decoded = ({ deleted, object }: Event): KubeEvent => {
  const decoding = decode(object);
  if (decoding._tag !== 'Decoded') throw new Error(`expected ${object.kind} to be ours`);
  const { kind, item } = decoding;
  return deleted === true
    ? { _tag: 'Deleted', kind, key: item.key }
    : { _tag: 'Applied', kind, item };
};
