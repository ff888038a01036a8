import { empty, has, remove, set, type Collection } from '../../collection/collection.ts';

/** What one client wants of one type: everything, some names, or both. */
export interface Subscription {
  readonly wildcard: boolean;
  readonly names: Collection<string, true>;
  /** Those of them with capitals: clients may write server names in any case. */
  readonly unusual: Collection<string, true>;
}

/** The name that stands for all resources. */
export const wildcardName = '*';

/** Whether a resource of this name is wanted. */
export const wants = ({ wildcard, names }: Subscription, name: string): boolean =>
  wildcard || has(names, name);

/**
 * What the first request of a type asks for.
 *
 * A first request without names asks for everything (xDS protocol, "How the client specifies what
 * resources to return": the legacy form of the wildcard).
 */
export const firstSubscription = (names: readonly string[]): Subscription =>
  names.length === 0 ? { ...nothing, wildcard: true } : subscribed(nothing, names);

const nothing: Subscription = { wildcard: false, names: empty(), unusual: empty() };

/** The subscription with these names added; `*` may be among them and sets only the wildcard. */
export const subscribed = (
  { wildcard, names, unusual }: Subscription,
  added: readonly string[],
): Subscription => ({
  wildcard: wildcard || added.includes(wildcardName),
  names: added.filter((name) => name !== wildcardName).reduce(withName, names),
  unusual: added.filter(isUnusual).reduce(withName, unusual),
});

/** The subscription without these names; `*` may be among them and ends only the wildcard. */
export const unsubscribed = (
  { wildcard, names, unusual }: Subscription,
  dropped: readonly string[],
): Subscription => ({
  wildcard: wildcard && !dropped.includes(wildcardName),
  names: dropped.reduce(withoutName, names),
  unusual: dropped.filter(isUnusual).reduce(withoutName, unusual),
});

const isUnusual = (name: string): boolean => name !== name.toLowerCase();

const withName = (names: Subscription['names'], name: string): Subscription['names'] =>
  set(names, name, true);

const withoutName = (names: Subscription['names'], name: string): Subscription['names'] =>
  remove(names, name);
