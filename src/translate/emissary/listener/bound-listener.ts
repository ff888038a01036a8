import type { ObjectKey } from '../../../ir/object-ref.ts';
import { joinEach } from '../../../collection/operator/join-each.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ListenerBinding } from './listener-binding.ts';

/** Whether anything is for a Listener; if nothing is, it is not opened and gets a problem. */
export interface BoundListener {
  readonly problems: readonly Problem[];
}

/** The listeners that a Host binds to, and those that TCPMappings are for. */
export interface BoundListenerTables {
  readonly cleartext: unknown;
  readonly connections: unknown;
}

/** Looks for the Listeners that have their port and nothing to serve on it. */
export const boundListenerEach = joinEach<
  ObjectKey,
  ListenerBinding,
  BoundListenerTables,
  BoundListener
>(({ name, ref, forConnections, quic }, _, read) => {
  if (read(forConnections === true ? 'connections' : 'cleartext', name) !== undefined)
    return served;
  const [field, reason] =
    forConnections === true
      ? ['spec.port', 'no TCPMapping is for this port; expected at least one']
      : [
          'spec.hostBinding',
          `no Host${quic === true ? ' with TLS' : ''} binds to this Listener; expected at least one`,
        ];
  return { problems: [{ _tag: 'NotAttached', object: ref, field, reason }] };
});

const served: BoundListener = { problems: [] };
