import type { Manifest } from '../builders.ts';

type Fields = Readonly<Record<string, unknown>>;

const group = 'gateway.networking.k8s.io';

const object =
  (apiVersion: string, kind: string) =>
  (key: string, fields: Fields): Manifest => {
    const [namespace, name] = key.split('/');
    return { apiVersion, kind, metadata: { namespace, name }, ...fields };
  };

const ofGateway =
  (kind: string, version = 'v1') =>
  (key: string, spec: Fields): Manifest =>
    object(`${group}/${version}`, kind)(key, { spec });

/** A GatewayClass that is ours. */
export const aGatewayClass = (name = 'headgate', spec: Fields = {}): Manifest => ({
  apiVersion: `${group}/v1`,
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName: 'headgate.io/gateway-controller', ...spec },
});

/** A listener for cleartext on 80, which takes the routes of its own namespace. */
export const aGatewayListener = (fields: Fields = {}): Fields => ({
  name: 'http',
  port: 80,
  protocol: 'HTTP',
  ...fields,
});

/** A listener for TLS on 443 with the certificate of the Secret `cert`. */
export const aTlsListener = (fields: Fields = {}): Fields => ({
  name: 'https',
  port: 443,
  protocol: 'HTTPS',
  tls: { certificateRefs: [{ name: 'cert' }] },
  ...fields,
});

/** A Gateway of our class with one listener for cleartext. */
export const aGateway = (key = 'default/gw', spec: Fields = {}): Manifest =>
  ofGateway('Gateway')(key, {
    gatewayClassName: 'headgate',
    listeners: [aGatewayListener()],
    ...spec,
  });

/** A ListenerSet that adds listeners to the Gateway `gw`. */
export const aListenerSet = (key: string, spec: Fields = {}): Manifest =>
  ofGateway('ListenerSet')(key, {
    parentRef: { name: 'gw' },
    listeners: [aGatewayListener({ name: 'more', port: 81 })],
    ...spec,
  });

/** A rule that sends everything to port 80 of the Service `web`. */
export const toWeb: Fields = { backendRefs: [{ name: 'web', port: 80 }] };

/** An HTTPRoute of the Gateway `gw` that sends everything to `web`. */
export const anHttpRoute = (key: string, spec: Fields = {}): Manifest =>
  ofGateway('HTTPRoute')(key, { parentRefs: [{ name: 'gw' }], rules: [toWeb], ...spec });

/** A GRPCRoute of the Gateway `gw` that sends everything to `web`. */
export const aGrpcRoute = (key: string, spec: Fields = {}): Manifest =>
  ofGateway('GRPCRoute')(key, { parentRefs: [{ name: 'gw' }], rules: [toWeb], ...spec });

/** A policy by which TLS is spoken to the Service `web`, with the authorities of the ConfigMap `ca`. */
export const aTlsPolicy = (key: string, spec: Fields = {}): Manifest =>
  ofGateway('BackendTLSPolicy')(key, {
    targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
    validation: {
      hostname: 'web.example',
      caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
    },
    ...spec,
  });

/** A grant by which HTTPRoutes of a namespace may refer to Services. */
export const aGrant = (key: string, from: string, spec: Fields = {}): Manifest =>
  ofGateway('ReferenceGrant', 'v1beta1')(key, {
    from: [{ group, kind: 'HTTPRoute', namespace: from }],
    to: [{ group: '', kind: 'Service' }],
    ...spec,
  });

/** A Namespace with labels. */
export const aNamespace = (name: string, labels: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

/** A ConfigMap with the certificates of authorities. */
export const aConfigMap = (key: string, authorities: string): Manifest =>
  object('v1', 'ConfigMap')(key, { data: { 'ca.crt': authorities } });
