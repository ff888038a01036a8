import type { Hostname } from '../../../ir/hostname.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Selector } from '../../../ir/selector.ts';

/** A listener of a Gateway or ListenerSet, once it is known what becomes of it: what routes attach to. */
export interface SettledListener {
  /** The Gateway or ListenerSet that lists it, which the parent reference of a route names. */
  readonly parent: ObjectRef;
  /** The Gateway it belongs to. */
  readonly gateway: ObjectKey;
  /** Its name. */
  readonly section: string;
  /** The port as it is written. */
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** `*` where none is written. */
  readonly hostname: Hostname;
  /** The namespaces whose routes it takes. */
  readonly namespaces: RouteNamespaces;
  /** The kinds of routes that it takes, of those we know. */
  readonly kinds: readonly RouteKind[];
  /** The address in Envoy where its routes are served. */
  readonly listener: ListenerName;
  /** Why nothing is served; routes attach to it and count all the same. */
  readonly unserved?: string;
  /** Nothing is served because handshakes for its hostname are refused; no listener around it takes it over. */
  readonly isUncertified?: true;
  /** Clients are asked for certificates: its routes are served on no connection that nobody asks. */
  readonly asksClients?: true;
  /** What the Gateway shows to backends that ask for a certificate. */
  readonly backendCertificate?: SecretName;
}

/** The kinds of routes. */
export type RouteKind = 'HTTPRoute' | 'GRPCRoute';

/** Which namespaces' routes a listener takes. */
export type RouteNamespaces =
  | { readonly _tag: 'All' }
  | { readonly _tag: 'Same' }
  | { readonly _tag: 'Selector'; readonly selector: Selector }
  | { readonly _tag: 'None' };
