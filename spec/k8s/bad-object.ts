import type { Kind } from '../../src/kube/kind.ts';

/** Fields of a spec that make a good object a bad one, and the field the API server must name. */
export type BadFields = readonly [fields: Readonly<Record<string, unknown>>, names: string];

/** A spec of each kind to which nothing can be objected. */
export const goodSpecs: Readonly<Partial<Record<Kind, Readonly<Record<string, unknown>>>>> = {
  AuthService: { auth_service: 'auth:3000', proto: 'http' },
  ConsulResolver: { address: '$HOST_IP:8500', datacenter: 'dc1' },
  DevPortal: { default: true },
  Host: { hostname: '*.example.com', tlsSecret: { name: 'certificate' } },
  KubernetesEndpointResolver: {},
  KubernetesServiceResolver: {},
  Listener: {
    port: 8080,
    protocol: 'HTTP',
    securityModel: 'XFP',
    hostBinding: { namespace: { from: 'ALL' } },
  },
  LogService: { service: 'logs:3000', driver: 'http', protocol_version: 'v3' },
  Mapping: { hostname: '*', prefix: '/', service: 'web' },
  Module: { config: { server_name: 'edge', lua_scripts: 'x', statsd: [{ a: 1 }] } },
  RateLimitService: { service: 'limits:3000', protocol_version: 'v3' },
  TCPMapping: { port: 5432, service: 'database:5432' },
  TLSContext: { hosts: ['*'], secret: 'certificate', min_tls_version: 'v1.2' },
  TracingService: { driver: 'zipkin', service: 'traces:9411' },
};

/** An object of ours, as JSON. */
export const anObject = (
  kind: string,
  spec: unknown,
  version = 'v3alpha1',
): Readonly<Record<string, unknown>> => ({
  apiVersion: `getambassador.io/${version}`,
  kind,
  metadata: { name: kind === 'Module' ? 'ambassador' : 'a', namespace: 'default' },
  spec,
});
