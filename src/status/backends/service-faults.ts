import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import type { Endpoints, ServicePortName } from '../../ir/endpoints.ts';
import { objectKey, type ObjectKey } from '../../ir/object-ref.ts';
import { serviceEndpoints, type EndpointsTables } from '../../translate/assemble/endpoints.ts';
import type { Translated } from '../outcomes.ts';
import { showDiscovery, type BackendFault } from './backend-fault.ts';

/** The clusters whose Service has no endpoint, with the state for the next step. */
export type ServiceFaults = Joined<ClusterName, Cluster, FaultTables, BackendFault>;

interface FaultTables extends EndpointsTables {
  readonly endpoints: Endpoints;
}

/**
 * Finds, by change, the clusters that lead to a Service of which no endpoint is ready, be it that Envoy is sent the
 * endpoints or that it looks up the name of the Service in DNS.
 *
 * Of a name that is no Service known here nothing is said.
 */
export const serviceFaults = (namespace: string) => {
  const faultEach = joinEach((cluster: Cluster, _: ClusterName, read: Read<FaultTables>) =>
    faultOf(cluster, namespace, read),
  );
  return function* (
    previous: ServiceFaults | undefined,
    { store, translation }: Translated,
  ): Work<ServiceFaults> {
    return yield* faultEach(previous, translation.ir.clusters, {
      endpoints: translation.ir.endpoints,
      services: store.objects.Service,
      slices: translation.states.assembly.upstreams.slices.output,
    });
  };
};

const faultOf = (
  { discovery }: Cluster,
  namespace: string,
  read: Read<FaultTables>,
): BackendFault | undefined => {
  const found =
    discovery._tag === 'Eds'
      ? read('endpoints', discovery.endpoints)?.endpoints
      : endpointsByName(discovery, namespace, read);
  return found?.length === 0
    ? { reason: 'EndpointsNotFound', message: `${showDiscovery(discovery)}: ${noEndpoint}` }
    : undefined;
};

const noEndpoint = 'no endpoint of the Service is ready';

/** The endpoints behind a name in DNS; absent where it is not that of a Service with endpoints of its own. */
const endpointsByName = (
  discovery: Exclude<Cluster['discovery'], { readonly _tag: 'Eds' }>,
  namespace: string,
  read: Read<FaultTables>,
): Endpoints['endpoints'] | undefined => {
  const key =
    discovery._tag === 'Dns' && discovery.others === undefined
      ? serviceNamed(discovery.host, namespace)
      : undefined;
  const service = key && read('services', key);
  if (service === undefined || service.spec.type === 'ExternalName') return undefined;
  if (!service.spec.ports.some(({ port }) => port === discovery.port)) return undefined;
  const name: ServicePortName = `${key as ObjectKey}:${discovery.port}`;
  return endpointsOf(name, read).endpoints;
};

/** The Service that a name stands for in the DNS of a cluster: `shop`, `shop.default`, `shop.default.svc…`. */
const serviceNamed = (host: string, namespace: string): ObjectKey | undefined => {
  const [name = '', explicit = namespace, word = 'svc'] = host.split('.');
  return word === 'svc' ? objectKey(explicit, name) : undefined;
};

/** What is looked up in DNS is an address of the Service, so the addresses of its endpoints do not matter. */
const endpointsOf = serviceEndpoints({ allowAddresses: ['loopback', 'link-local'] });
