import { service, slice } from '../routing-manifests.ts';

/** The GatewayClass that is ours. */
export const ourClass = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: headgate }
spec: { controllerName: headgate.io/gateway-controller }
`;

/** A Gateway on the first address of the pool; its listeners are each in flow style. */
export const gatewayOf = (
  listeners: readonly string[],
  { name = 'gw', more = 'addresses: [{ value: 127.0.0.1 }]' } = {},
): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name} }
spec:
  gatewayClassName: headgate
  ${more}
  listeners:
${listeners.map((one) => `    - ${one}`).join('\n')}
`;

/** A listener for cleartext that takes routes of all namespaces. */
export const cleartext = (
  name: string,
  port: number,
  more = 'allowedRoutes: { namespaces: { from: All } }',
): string => `{ name: ${name}, port: ${port}, protocol: HTTP, ${more} }`;

/** A route of a kind; fields of its spec in flow style. */
export const routeOf =
  (kind: 'HTTPRoute' | 'GRPCRoute') =>
  (name: string, spec: string, metadata = ''): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, ${metadata} }
spec: { ${/\bparentRefs:/.test(spec) ? '' : 'parentRefs: [{ name: gw }], '}${spec} }
`;

/** An HTTPRoute; fields of its spec in flow style. */
export const httpRoute = routeOf('HTTPRoute');

/** A rule that sends the requests below a path to port 80 of a Service. */
export const rule = (path: string, service: string, more = ''): string =>
  `{ matches: [{ path: { value: ${path} }${more} }], backendRefs: [{ name: ${service}, port: 80 }] }`;

/** A Service with one endpoint on this machine, which listens on a port. */
export const backend = (name: string, port: number): string =>
  service(name) +
  slice(`${name}-1`, name, `ports: [{ port: ${port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`);
