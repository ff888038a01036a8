import type { ConsulQuery, ConsulServiceName } from './consul.ts';
import type { ObjectKey, ObjectRef } from './object-ref.ts';
import type { Port } from './port.ts';

/** Names the endpoints of one port of one Service: `namespace/name:port`. */
export type ServicePortName = `${ObjectKey}:${number}`;

/** Names the endpoints of one port of a Service, or of a service in Consul. */
export type EndpointsName = ServicePortName | ConsulServiceName;

/** One address that serves. */
export interface Endpoint {
  readonly address: string;
  readonly port: Port;
}

/** The addresses of one name, sorted; they change without touching any route. */
export interface Endpoints {
  readonly name: EndpointsName;
  readonly endpoints: readonly Endpoint[];
  readonly from: readonly ObjectRef[];
  /** What is asked for them; absent where they are those of a Service, and where nobody can be asked. */
  readonly asked?: ConsulQuery;
}
