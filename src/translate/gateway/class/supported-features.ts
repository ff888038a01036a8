/**
 * What our GatewayClasses say is supported, by the names of the conformance suite (GEP-2162), sorted as the
 * API asks for. A feature is listed once its tests pass.
 */
export const supportedFeatures: readonly string[] = [
  'GRPCRoute',
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
];
