import type { ClusterLoadAssignment, LbEndpoint } from '../../../proto/envoy.ts';
import type { Endpoint, EndpointsName } from '../../ir/endpoints.ts';
import { encodeBriefly } from '../message/encode.ts';
import { resource, type Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';

/** EDS: the addresses behind one port of one Service; a name without addresses is served as empty. */
export const loadAssignment = (name: EndpointsName, endpoints: readonly Endpoint[]): Resource =>
  resource(
    TypeUrl.Endpoints,
    name,
    encodeBriefly('envoy.config.endpoint.v3.ClusterLoadAssignment', assignment(name, endpoints)),
  );

/** The same message, for a cluster that carries its addresses itself. */
export const assignment = (
  name: string,
  endpoints: readonly { readonly address: string; readonly port: number }[],
): ClusterLoadAssignment => ({
  cluster_name: name,
  ...(endpoints.length > 0 && { endpoints: [{ lb_endpoints: endpoints.map(lbEndpoint) }] }),
});

const lbEndpoint = (endpoint: { readonly address: string; readonly port: number }): LbEndpoint => ({
  endpoint: {
    address: { socket_address: { address: endpoint.address, port_value: endpoint.port } },
  },
});
