import { equal } from '../../../collection/equal.ts';
import type { Cluster, Discovery } from '../../../ir/cluster.ts';
import { clusterName, type ClusterContent } from '../../contribution/cluster-name.ts';

/** Several services as the endpoints of one cluster, and which of them are in it. */
interface SharedCluster {
  readonly cluster: Cluster;
  /** Of the others, by their places. */
  readonly joined: readonly boolean[];
}

/**
 * Adds services to the cluster of the first one; those that are spoken to in another way do not join, nor does one whose
 * endpoints are found in another way: those of a Service come by its name.
 */
export const sharedCluster = (first: Cluster, others: readonly Cluster[]): SharedCluster => {
  const isPlaced = ({ discovery }: Cluster): boolean => placesIn(discovery).length > 0;
  const joined = others.map(
    (other) =>
      equal(manner(other), manner(first)) &&
      ((isPlaced(first) && isPlaced(other)) || equal(other.discovery, first.discovery)),
  );
  const places = others
    .filter((_, i) => joined[i] === true)
    .flatMap(({ discovery }) => placesIn(discovery));
  const [own] = placesIn(first.discovery);
  const all = [...new Map(places.map((place) => [showPlace(place), place])).values()];
  const rest = own === undefined ? [] : all.filter((place) => !equal(place, own));
  if (own === undefined || rest.length === 0) return { cluster: first, joined };
  const { name: _, ...content } = first;
  const { discovery } = first;
  const shared: ClusterContent = {
    ...content,
    discovery: { ...(discovery._tag === 'Dns' ? discovery : dns), ...own, others: rest },
  };
  return {
    cluster: { name: clusterName('cluster_extauth', undefined, shared), ...shared },
    joined,
  };
};

/** Where a cluster is: `host:port`; of several places the first. */
export const placeOf = ({ discovery }: Cluster): string =>
  discovery._tag === 'Eds'
    ? discovery.endpoints.replace(/^(.*)\/(.*):/, '$2.$1:')
    : (placesIn(discovery).map(showPlace)[0] ?? '');

interface Place {
  readonly host: string;
  readonly port: number;
}

const showPlace = ({ host, port }: Place): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

const placesIn = (discovery: Discovery): readonly Place[] => {
  switch (discovery._tag) {
    case 'Dns':
      return [{ host: discovery.host, port: discovery.port }];
    case 'Static':
      return [{ host: discovery.address, port: discovery.port }];
    case 'Eds':
      return [];
  }
};

/** An address that is looked up is itself. */
const dns = { _tag: 'Dns', lookup: 'strict', family: 'auto', respectTtl: false } as const;

/** How a service is spoken to. The name that is asked for in a handshake is that of the service. */
const manner = ({ name: _, statName: __, discovery: ___, tls, ...rest }: Cluster) => ({
  ...rest,
  tls: tls && { ...tls, sni: undefined },
});
