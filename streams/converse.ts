import { scan, type OperatorFunction } from 'rxjs';

import type { Turn } from '../src/xds/session/advance.ts';
import type { Conversation } from '../src/xds/session/conversation.ts';
import { step, type ConversationEvent } from '../src/xds/session/step.ts';

/**
 * Holds one xDS conversation: snapshots and the Envoy's requests in, a turn out for each.
 *
 *     events$   -p-r---a-p--|      p = Published, r = Requested, a = an ACK
 *     result    -0-1---0-1--|      how many responses the turn holds
 *
 * Order is kept and nothing is dropped: an event that leads to no response still gives a turn, with
 * the conversation after it. Completion and errors pass at once; there is nothing pending.
 */
export const converse =
  (opening: Conversation): OperatorFunction<ConversationEvent, Turn> =>
  (events$) =>
    events$.pipe(
      scan(({ conversation }: Turn, event) => step(conversation, event), {
        conversation: opening,
        responses: [],
        verdicts: [],
      }),
    );
