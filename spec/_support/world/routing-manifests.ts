/** A Listener for cleartext and a Host for every name that routes it. */
export const openHost = ({ http }: { readonly http: number }): string =>
  listener('http', http) + host('*');

/** A Listener that takes all Hosts. */
export const listener = (
  name: string,
  port: number,
  { protocol = 'HTTP', securityModel = 'XFP', more = '', tlsLayout = 'auto' } = {},
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: ${name}, annotations: { headgate.io/tls-layout: ${tlsLayout} } }
spec:
  port: ${port}
  protocol: ${protocol}
  securityModel: ${securityModel}
  hostBinding: { namespace: { from: ALL } }
  ${more}
`;

/** A Listener for HTTP/3 that takes all Hosts; annotations in flow style. */
export const http3Listener = (name: string, port: number, more = '', annotations = ''): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  port: ${port}
  protocolStack: [TLS, HTTP, UDP]
  securityModel: XFP
  hostBinding: { namespace: { from: ALL } }
  ${more}
`;

/** A TCPMapping; a number is a port of this machine. */
export const tcpMapping = (name: string, service: number | string, fields: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: TCPMapping
metadata: { name: ${name} }
spec: { service: '${typeof service === 'number' ? `127.0.0.1:${service}` : service}', ${fields} }
`;

/** A Host that routes cleartext; fields of its spec in flow style. */
export const host = (
  hostname: string,
  more = 'requestPolicy: { insecure: { action: Route } }',
  metadata = `name: ${nameOf(hostname)}`,
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { ${metadata} }
spec: { hostname: '${hostname}', ${more} }
`;

/** A Mapping, for every host name where its fields (in flow style) name none. */
export const mapping = (
  name: string,
  service: number | string,
  fields: string,
  metadata = `name: ${name}`,
): string =>
  bareMapping(
    name,
    service,
    /\bhost(name)?:/.test(fields) ? fields : `hostname: '*', ${fields}`,
    metadata,
  );

/** A Mapping with these fields and no other; a number is a port of this machine. */
export const bareMapping = (
  name: string,
  service: number | string,
  fields: string,
  metadata = `name: ${name}`,
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { ${metadata} }
spec:
  { service: '${typeof service === 'number' ? `127.0.0.1:${service}` : service}', ${fields} }
`;

/** The Module with these settings, in flow style, as a manifest. */
export const moduleOf = (config: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Module
metadata: { name: ambassador }
spec: { config: { ${config} } }
`;

/** A kubernetes.io/tls Secret. */
export const tlsSecret = (
  name: string,
  { certificate, privateKey }: { readonly certificate: string; readonly privateKey: string },
): string => `
---
apiVersion: v1
kind: Secret
metadata: { name: ${name} }
type: kubernetes.io/tls
data:
  tls.crt: ${Buffer.from(certificate).toString('base64')}
  tls.key: ${Buffer.from(privateKey).toString('base64')}
`;

/** A Service with one port, 80. */
export const service = (name: string, spec = 'ports: [{ port: 80 }]'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ${spec} }
`;

/** A document of an annotation, in flow style. */
export const annotated = (fields: string): string => `---\n{ ${fields} }`;

/** A Service or an Ingress that carries such documents. */
export const carrier = (
  name: string,
  documents: readonly string[],
  { kind = 'Service', labels = '{}' } = {},
): string => `
---
apiVersion: ${kind === 'Service' ? 'v1' : 'networking.k8s.io/v1'}
kind: ${kind}
metadata:
  name: ${name}
  labels: ${labels}
  annotations:
    getambassador.io/config: |
${documents
  .join('\n')
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
spec: ${kind === 'Service' ? '{ ports: [{ port: 80 }] }' : '{ ingressClassName: nginx }'}
`;

/** An EndpointSlice of a Service; `more` are its fields beside the address type. */
export const slice = (name: string, of: string, more: string, addressType = 'IPv4'): string => `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}, labels: { kubernetes.io/service-name: ${of} } }
addressType: ${addressType}
${more}
`;

const nameOf = (hostname: string): string =>
  hostname === '*' ? 'all' : hostname.replace(/^\*/, 'any').replace(/\*$/, 'any');
