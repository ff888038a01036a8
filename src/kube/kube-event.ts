import type { ConsulServiceName, Endpoint } from '../ir/endpoints.ts';
import type { ObjectKey, ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import type { Host } from './emissary/host.ts';
import type { PolicyTarget } from './gateway/backend-tls-policy.ts';
import type { ParentReference } from './gateway/references.ts';
import type { Kind, ObjectOf } from './kind.ts';

/** Which object of that name it is, and which version of it, as the API server says. */
export interface ObjectVersion {
  readonly uid: string;
  /** Grows whenever what the user wrote changes. */
  readonly generation?: number;
  /** Only for an object in an annotation: the object that carries it, which is the one that has this uid. */
  readonly carrier?: ObjectRef;
  /** Only for an object that its codec refused: the installations it is for. */
  readonly ambassadorId?: readonly string[];
  /** Only for a route or ListenerSet that its codec refused: what it wants to be attached to. */
  readonly parentRefs?: readonly ParentReference[];
  /** Only for a Gateway that its codec refused: its class. */
  readonly gatewayClass?: string;
}

/**
 * One object as it came through its codec.
 *
 * Without `object` the codec refused it: what the store holds under this key stays as it is.
 */
export interface Decoded<K extends Kind = Kind> {
  readonly key: ObjectKey;
  readonly object?: ObjectOf<K>;
  /** Only for a policy that its codec refused: what it is for. */
  readonly targetRefs?: readonly PolicyTarget[];
  /** Only for a Host with TLS that its codec refused: its name, for which no other Host is to answer in its place. */
  readonly unread?: Host;
  /** `object` is its last good version: the present one is not valid, or cannot be read. */
  readonly former?: true;
  /** Only for objects of a language, and only if the source is an API server. */
  readonly version?: ObjectVersion;
  readonly problems: readonly Problem[];
  /** What it carries in an annotation. */
  readonly carries?: Carries;
}

/** The objects that one object carries in an annotation. */
export interface Carries {
  readonly objects: readonly Carried[];
  /** Whether nothing else is in the annotation: of a document that cannot be read nobody knows which object it is. */
  readonly isWhole: boolean;
}

/** One object in an annotation. */
export interface Carried {
  readonly kind: Kind;
  readonly item: Decoded;
  /** Which document of the annotation it is, from 1. */
  readonly document: number;
  /** Its fields are those of its spec, as Emissary writes them there. */
  readonly isFlat: boolean;
}

/** Everything of one kind, at one moment: replaces what was known, as one change. */
export interface Listed<K extends Kind = Kind> {
  readonly _tag: 'Listed';
  readonly kind: K;
  readonly items: readonly Decoded<K>[];
}

/** One object was created or changed. */
export interface Applied<K extends Kind = Kind> {
  readonly _tag: 'Applied';
  readonly kind: K;
  readonly item: Decoded<K>;
}

/** One object is gone. */
export interface Deleted {
  readonly _tag: 'Deleted';
  readonly kind: Kind;
  readonly key: ObjectKey;
}

/** What is wrong with a source itself (a file that cannot be parsed); replaces what it said before. */
export interface Reported {
  readonly _tag: 'Reported';
  readonly origin: string;
  readonly problems: readonly Problem[];
}

/** The instances of a service that serve, as Consul says; replaces what it said before. */
export interface ConsulAnswered {
  readonly _tag: 'ConsulAnswered';
  readonly service: ConsulServiceName;
  /** Sorted; the addresses are as Consul has them. */
  readonly endpoints: readonly Endpoint[];
}

/** Nobody asks for a service any more. */
interface ConsulForgotten {
  readonly _tag: 'ConsulForgotten';
  readonly service: ConsulServiceName;
}

/** What Consul says. */
export type ConsulEvent = ConsulAnswered | ConsulForgotten;

/** What a source says about the world, decoded, projected and redacted. */
export type KubeEvent = Listed | Applied | Deleted | Reported;

/** What is said about the world: by a source of objects, or by Consul. */
export type WorldEvent = KubeEvent | ConsulEvent;
