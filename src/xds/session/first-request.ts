import {
  entries,
  from,
  has,
  keys,
  withEdits,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { remember } from '../../collection/remember.ts';
import { removals } from '../../collection/removals.ts';
import { shareSubtrees } from '../../collection/trie/share-subtrees.ts';
import type { Resource } from '../resource.ts';
import { dueAs, type Due } from './due.ts';
import { isSameVersion, type Held, type Version } from './held.ts';
import { firstSubscription, wants, wildcardName, type Subscription } from './subscription.ts';

/** What the first request of a type sets in its session. */
interface FirstRequest {
  readonly subscription: Subscription;
  readonly held: Held;
  readonly due: Collection<string, Due>;
  /** Names whose version is trusted because the client says so. */
  readonly trusted: Collection<string, true>;
  /** Whether the client may be left without an answer. */
  readonly mayStaySilent: boolean;
}

/**
 * The first request of a type: `initial_resource_versions` says what the client still has, so only
 * what differs is sent and what is gone is removed (xDS protocol, "Incremental xDS").
 *
 * A client that asks for everything and has nothing is answered even if there is nothing: an Envoy
 * that starts waits for its first clusters and listeners, and would wait until its fetch timeout.
 *
 * All Envoys that reconnect send the same request for the same resources: it is worked out once.
 */
export const firstRequest = remember(
  (
    subscribe: readonly string[],
    versions: Held,
    current: Collection<string, Resource>,
    still: Collection<string, Resource>,
  ): FirstRequest => {
    const subscription = firstSubscription(subscribe);
    const held = shareSubtrees<string, Version>(
      wanted(versions, subscription),
      current,
      isSameVersion,
    );
    const named = subscribe.filter((name) => name !== wildcardName);
    const owed = named.filter((name) => !has(versions, name));
    const outlived = current === still ? [] : [...keys(still)].filter((name) => !has(held, name));
    const changes = withEdits(
      differences(subscription, held, current),
      outlived.filter((name) => wants(subscription, name)).map(dueAs('Changed')),
    );
    return {
      subscription,
      held,
      due: withEdits(changes, owed.map(dueAs('Owed'))),
      trusted:
        owed.length === 0
          ? subscription.names
          : from(named.filter((name) => has(versions, name)).map((name) => [name, true])),
      mayStaySilent: !subscription.wildcard || held.size > 0,
    };
  },
);

/** What is held and due when the resources come only after the first request. */
export const firstSight = remember(
  (
    subscription: Subscription,
    versions: Held,
    due: Collection<string, Due>,
    current: Collection<string, Resource>,
  ): Pick<FirstRequest, 'held' | 'due'> => {
    const held: Held = shareSubtrees<string, Version>(versions, current, isSameVersion);
    const owed = [...entries(due)].filter(([, how]) => how !== 'Changed');
    return {
      held,
      due: withEdits(
        differences(subscription, held, current),
        owed.map(([name, how]) => dueAs(how)(name)),
      ),
    };
  },
);

const differences = (
  subscription: Subscription,
  held: Held,
  current: Collection<string, Resource>,
): Collection<string, Due> =>
  from(
    diff<string, Version>(held, current)
      .filter(({ key }) => wants(subscription, key))
      .map(({ key }) => [key, 'Changed']),
  );

/** The part of what is held that is wanted; the client drops the rest. */
const wanted = (held: Held, subscription: Subscription): Held => {
  if (subscription.wildcard || held.size === 0) return held;
  return withEdits(held, removals([...keys(held)].filter((name) => !wants(subscription, name))));
};
