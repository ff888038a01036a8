import { get, keys, type Collection } from '../collection/collection.ts';
import type { Resource } from './resource.ts';

/**
 * The resources of one type as one Envoy should see them.
 *
 * `still` are those that something it holds may yet refer to: they outlive their removal from
 * `current` until the reference is gone. For a type that refers to others both are the same.
 */
export interface View {
  readonly current: Collection<string, Resource>;
  readonly still: Collection<string, Resource>;
}

/** The resource of a name. */
export const look = ({ current, still }: View, name: string): Resource | undefined =>
  get(current, name) ?? get(still, name);

/** Every name there is, some perhaps twice. */
export const names = ({ current, still }: View): Iterable<string> =>
  current === still ? keys(current) : [...keys(current), ...keys(still)];
