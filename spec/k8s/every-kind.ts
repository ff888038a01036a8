import { aSecret } from '../_support/world/a-secret.ts';
import type { Manifest } from '../_support/world/builders.ts';

/** An object of every kind we read; `shop` is a Mapping whose service can be broken. */
export const everyKind = (namespace: string, port: number): readonly Manifest[] => [
  own(namespace, 'Listener', {
    ...{ port, protocol: 'HTTP', securityModel: 'XFP' },
    hostBinding: { namespace: { from: 'ALL' } },
  }),
  own(namespace, 'Host', { hostname: '*', tlsSecret: { name: 'certificate' } }),
  aSecret(`${namespace}/certificate`),
  aShop(namespace, '192.0.2.1'),
  own(namespace, 'TCPMapping', { port: 5432, service: 'web:5432' }),
  own(namespace, 'TLSContext', { hosts: ['one.example'], secret: 'certificate' }),
  own(namespace, 'AuthService', { auth_service: 'web:80' }),
  own(namespace, 'RateLimitService', { service: 'web:80', protocol_version: 'v3' }),
  own(namespace, 'LogService', {
    ...{ service: 'web:80', driver: 'http', driver_config: {}, grpc: true },
  }),
  own(namespace, 'TracingService', { driver: 'zipkin', service: 'web:80' }),
  own(namespace, 'Module', { config: {} }, 'ambassador'),
  own(namespace, 'DevPortal', { default: true }),
  own(namespace, 'ConsulResolver', { address: 'consul:8500' }),
  own(namespace, 'KubernetesEndpointResolver', {}),
  own(namespace, 'KubernetesServiceResolver', {}),
  {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { namespace, name: 'web' } },
    spec: { ports: [{ name: 'http', port: 80 }] },
  },
];

/** An object of every kind of the Gateway API, and a namespace and an authority that they need. */
export const everyGatewayKind = (namespace: string): readonly Manifest[] => [
  of('gateway.networking.k8s.io/v1', 'GatewayClass', {}, 'headgate', {
    controllerName: 'headgate.io/gateway-controller',
  }),
  of('gateway.networking.k8s.io/v1', 'Gateway', { namespace }, 'a', {
    gatewayClassName: 'headgate',
    listeners: [
      {
        ...{ name: 'https', port: 443, protocol: 'HTTPS' },
        tls: { certificateRefs: [{ name: 'certificate' }] },
      },
    ],
  }),
  of('gateway.networking.k8s.io/v1', 'ListenerSet', { namespace }, 'a', {
    parentRef: { name: 'a' },
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
  }),
  of('gateway.networking.k8s.io/v1', 'HTTPRoute', { namespace }, 'a', {
    parentRefs: [{ name: 'a' }],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  }),
  of('gateway.networking.k8s.io/v1', 'GRPCRoute', { namespace }, 'a', {
    parentRefs: [{ name: 'a' }],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  }),
  of('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', { namespace }, 'a', {
    targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
    validation: {
      hostname: 'one.example',
      caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'authority' }],
    },
  }),
  of('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', { namespace }, 'a', {
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'elsewhere' }],
    to: [{ group: '', kind: 'Service' }],
  }),
  {
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'authority' } },
    data: { 'ca.crt': '' },
  },
];

const of = (
  apiVersion: string,
  kind: string,
  place: { readonly namespace?: string },
  name: string,
  spec: object,
): Manifest => ({ apiVersion, kind, metadata: { ...place, name }, spec });

/** The Mapping `shop` to this service. */
export const aShop = (namespace: string, service: string): Manifest =>
  own(namespace, 'Mapping', { hostname: '*', prefix: '/shop/', service }, 'shop');

const own = (namespace: string, kind: string, spec: object, name = 'a'): Manifest => ({
  ...{ apiVersion: 'getambassador.io/v3alpha1', kind, metadata: { namespace, name }, spec },
});
