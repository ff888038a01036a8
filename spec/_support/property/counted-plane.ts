import { atOnce } from '../../../src/collection/work.ts';
import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import { outcomesFor } from '../../../src/status/outcomes.ts';
import { newBook, stepBook } from '../../../src/status/status-book.ts';
import { open } from '../../../src/xds/session/conversation.ts';
import { isResting } from '../../../src/xds/session/resting.ts';
import { step, type ConversationEvent } from '../../../src/xds/session/step.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { listed, type Manifest } from '../world/builders.ts';
import { runningPipe } from '../world/running-pipe.ts';
import { request } from '../xds/fake-envoy.ts';

/**
 * Everything that one change goes through but the network, and an Envoy that asks for everything.
 */
export interface CountedPlane {
  /** Takes one batch all the way: store, translation, snapshot, conversation, status. */
  readonly happen: (...events: readonly KubeEvent[]) => void;
}

/** A control plane whose Envoy has the configuration of these objects. */
export const countedPlane = (objects: readonly Manifest[]): CountedPlane => {
  const pipe = runningPipe();
  const stepped = atOnce(stepBook(outcomesFor('default')));
  let book = newBook;
  let conversation = open({ node: 'counted' });
  const converse = (event: ConversationEvent): void => {
    const turn = step(conversation, event);
    conversation = turn.conversation;
    for (const { typeUrl, nonce } of turn.responses)
      converse({ _tag: 'Requested', request: { ...request(typeUrl), nonce } });
  };
  const happen = (...events: readonly KubeEvent[]): void => {
    const published = pipe.take(events);
    if (published === undefined) return;
    const { snapshot, translation, store } = published;
    book = stepped(book, { _tag: 'Published', seq: snapshot.seq, translation, store }).book;
    converse({ _tag: 'Published', snapshot });
    while (isResting(conversation.resting)) converse({ _tag: 'Rested' });
    book = stepped(book, { _tag: 'Answered', stream: 1, seq: snapshot.seq, refused: [] }).book;
  };
  book = stepped(book, { _tag: 'Opened', stream: 1 }).book;
  for (const typeUrl of [TypeUrl.Cluster, TypeUrl.Listener, TypeUrl.ScopedRoutes])
    converse({ _tag: 'Requested', request: request(typeUrl) });
  happen(...listed(objects));
  return { happen };
};
