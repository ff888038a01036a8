import type { ObjectKey, ObjectRef } from './object-ref.ts';
import type { Port } from './port.ts';

/** Names the endpoints of one port of one Service: `namespace/name:port`. */
export type EndpointsName = `${ObjectKey}:${number}`;

/** One address that serves. */
export interface Endpoint {
  readonly address: string;
  readonly port: Port;
}

/** The addresses behind one port of one Service, sorted; they change without touching any route. */
export interface Endpoints {
  readonly name: EndpointsName;
  readonly endpoints: readonly Endpoint[];
  readonly from: readonly ObjectRef[];
}
