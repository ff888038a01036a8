import type { Discovery } from '../../ir/cluster.ts';

/** All reasons; of several that hold, the first one is said. */
export const backendReasons = ['EndpointsNotFound', 'NameNotResolved', 'ConnectionFailed'] as const;

/** What keeps a cluster from serving. */
export interface BackendFault {
  readonly reason: (typeof backendReasons)[number];
  /** For people; it is the same as long as the fault is. */
  readonly message: string;
}

/** Where a cluster sends requests: `default/shop:80`, `shop.example.com:443`. */
export const showDiscovery = (discovery: Discovery): string => {
  switch (discovery._tag) {
    case 'Eds':
      return discovery.endpoints;
    case 'Dns':
      return [discovery, ...(discovery.others ?? [])]
        .map(({ host, port }) => `${host}:${port}`)
        .join(', ');
    case 'Static':
      return `${discovery.address}:${discovery.port}`;
  }
};
