import { keyParts, type ObjectKey, type ObjectRef } from './object-ref.ts';
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

/** Names the endpoints of one service in Consul: `consul:`, the key of its resolver, `/`, the service. */
export type ConsulServiceName = `consul:${ObjectKey}/${string}`;

/** Where services are asked for. */
export interface ConsulAgent {
  /** As it is written: `[http://|https://]host[:port]`, perhaps with variables. */
  readonly address: string;
  /** Absent: that of the agent. */
  readonly datacenter?: string;
  /** Whether it may be sent the token of this installation. */
  readonly isTrusted: boolean;
}

/** What is asked so that the endpoints of a service are known. */
export interface ConsulQuery extends ConsulAgent {
  readonly service: string;
}

/** Names the endpoints of a service; no service has a `/` in its name. */
export const consulServiceName = (resolver: ObjectKey, service: string): ConsulServiceName =>
  `consul:${resolver}/${service}`;

/** Whether endpoints are those of a service in Consul. No namespace has a `:` in its name. */
export const isConsulService = (name: string): name is ConsulServiceName =>
  name.startsWith('consul:');

/** The key of the resolver and the service that `consulServiceName` joined. */
export const consulServiceParts = (
  name: ConsulServiceName,
): readonly [resolver: ObjectKey, service: string] => {
  const slash = name.lastIndexOf('/');
  return [name.slice('consul:'.length, slash) as ObjectKey, name.slice(slash + 1)];
};

/** The resolver that is there without an object; it has no namespace. */
export const builtInConsul: ObjectKey = '/consul';

/** Whether an object made a resolver. */
export const isBuiltIn = (resolver: ObjectKey): boolean => keyParts(resolver)[0] === '';
