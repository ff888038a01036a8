import type { Kind } from '../src/kube/kind.ts';

/** Our kinds, each in a sentence. */
export const kindDescriptions: { readonly [K in Kind]?: string } = {
  AuthService: 'A service that is asked whether a request may pass.',
  ConsulResolver: 'Finds endpoints in Consul.',
  DevPortal: 'Documentation of what is behind the gateway.',
  Host: 'A host name, its certificate, and the Mappings it takes.',
  KubernetesEndpointResolver: 'Finds the endpoints of Services and balances over them.',
  KubernetesServiceResolver: 'Sends requests to the DNS names of Services.',
  Listener: 'A port, what is spoken on it, and the Hosts it serves.',
  LogService: 'A service that accesses are logged to.',
  Mapping: 'Requests that match go to a service.',
  Module: 'Settings of the whole gateway.',
  RateLimitService: 'A service that is asked whether there are too many requests.',
  TCPMapping: 'Connections of a port go to a service.',
  TLSContext: 'How TLS is spoken, to clients or to services.',
  TracingService: 'A service that spans are sent to.',
};
