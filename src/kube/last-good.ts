import type { ObjectKey } from '../ir/object-ref.ts';
import type { Kind, ObjectOf } from './kind.ts';

/**
 * A version of an object that is in force, although a later one exists. The state folder keeps it for the next
 * control plane.
 */
export interface LastGood<K extends Kind = Kind> {
  readonly kind: K;
  readonly key: ObjectKey;
  readonly content: ObjectOf<K>;
  /** `Invalid`: the present version is not valid, or cannot be read. `Refused`: an Envoy refuses it. */
  readonly because: 'Invalid' | 'Refused';
  /** Tells objects that had one name at different times from each other, as the API server does. */
  readonly uid?: string;
  /** The file that defines the object, if the source is a folder. */
  readonly file?: string;
}
