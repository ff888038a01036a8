/**
 * The versions, beside the one that is read, in which a kind of the Gateway API has the same shape: its releases
 * define them as one type. In a cluster the API server converts them.
 */
export const sameShape: Readonly<Record<string, readonly string[]>> = {
  GatewayClass: ['v1beta1'],
  Gateway: ['v1beta1'],
  HTTPRoute: ['v1beta1'],
  GRPCRoute: ['v1alpha2'],
  BackendTLSPolicy: ['v1alpha3'],
  ReferenceGrant: ['v1', 'v1alpha2'],
};

/** The API group of what the Gateway API tries out. */
export const triedGroup = 'gateway.networking.x-k8s.io';

/** The kinds of the Gateway API, by group, that are not read yet. */
export const laterKinds: Readonly<Record<string, readonly string[]>> = {
  'gateway.networking.k8s.io': ['TLSRoute', 'TCPRoute', 'UDPRoute'],
  [triedGroup]: [
    ...['XBackend', 'XBackendTrafficPolicy', 'XListenerSet', 'XMesh', 'XTelemetryPolicy'],
  ],
};

/** The fields of the experimental channel that are not supported yet; what is written there has no effect. */
export const laterFields: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['spec.addresses[].routability', 'spec.defaultScope'],
  HTTPRoute: ['spec.rules[].sessionPersistence', 'spec.useDefaultGateways'],
  GRPCRoute: ['spec.rules[].sessionPersistence', 'spec.useDefaultGateways'],
};
