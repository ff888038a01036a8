import type { ObjectKey } from '../../../ir/object-ref.ts';
import { joinEach } from '../../../collection/operator/join-each.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ListenerBinding } from './listener-binding.ts';

/** Whether any Host binds to a Listener; if none does, it is not opened and gets a problem. */
export interface BoundListener {
  readonly problems: readonly Problem[];
}

/** The listeners that a Host binds to. */
export interface BoundListenerTables {
  readonly cleartext: unknown;
}

/** Looks for the Listeners that have their port and nothing to serve on it. */
export const boundListenerEach = joinEach<
  ObjectKey,
  ListenerBinding,
  BoundListenerTables,
  BoundListener
>(({ name, ref }, _, read) => ({
  problems:
    read('cleartext', name) === undefined
      ? [
          {
            _tag: 'NotAttached',
            object: ref,
            field: 'spec.hostBinding',
            reason: 'no Host binds to this Listener; expected at least one',
          },
        ]
      : [],
}));
