/**
 * The resource types Headgate serves, in the order in which they are made: RTDS, CDS, EDS, SDS, LDS,
 * RDS, SRDS, ECDS.
 */
export const TypeUrl = {
  Runtime: 'type.googleapis.com/envoy.service.runtime.v3.Runtime',
  Cluster: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  Endpoints: 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
  Secret: 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  Listener: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  Routes: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
  ScopedRoutes: 'type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration',
  Extension: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
} as const;
export type TypeUrl = (typeof TypeUrl)[keyof typeof TypeUrl];

/** All of them, in that order. */
export const typeUrls: readonly TypeUrl[] = Object.values(TypeUrl);
