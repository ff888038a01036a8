import { definedOnly } from '../../collection/defined-only.ts';
import { interning } from '../../collection/intern.ts';
import type { Cluster } from '../../ir/cluster.ts';
import { keyParts, type ObjectKey } from '../../ir/object-ref.ts';
import { clusterName, type ClusterContent } from './cluster-name.ts';

/** What a cluster has if nobody asks for anything else. */
export const plainCluster = {
  connectTimeout: 3000,
  loadBalancer: { _tag: 'RoundRobin' },
  circuitBreakers: [],
} as const satisfies Partial<ClusterContent>;

/** A port of a Service, and how it is spoken to. */
interface ServicePort extends Pick<Cluster, 'protocol' | 'tls'> {
  readonly service: ObjectKey;
  readonly port: number;
}

/**
 * The cluster of a port of a Service whose endpoints come from its EndpointSlices.
 *
 * It is the same in all languages, so a Service that is used in several is one cluster: an Emissary
 * Mapping in the namespace of the Service, with `service: name:port` and the endpoint resolver, has it too.
 */
export const serviceCluster = (asked: ServicePort): Cluster =>
  known(JSON.stringify(asked), () => {
    const { service, port, protocol, tls } = asked;
    const [namespace, name] = keyParts(service);
    const word = wordOf(name, port);
    const content = definedOnly<ClusterContent>({
      ...plainCluster,
      statName: word,
      discovery: { _tag: 'Eds', endpoints: `${service}:${port}` },
      protocol,
      tls,
    });
    return {
      name: clusterName(`cluster_${word}_${namespace}`, undefined, content),
      ...content,
      statName: wordOf(`${name}.${namespace}`, port),
    };
  });

/** Many routes send their requests to one Service. */
const known = interning<Cluster>();

/** A host and its port as one word, for names that people read. */
export const wordOf = (host: string, port: number | undefined): string =>
  `${host}${port === undefined ? '' : `_${port}`}`.replaceAll(/[^0-9A-Za-z_]/g, '_');
