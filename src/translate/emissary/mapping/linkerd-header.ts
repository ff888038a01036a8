import type { Cluster, Discovery } from '../../../ir/cluster.ts';
import { consulServiceParts, isConsulService } from '../../../ir/endpoints.ts';
import type { HeaderValue } from '../../../ir/header-mutation.ts';
import { keyParts, type ObjectKey } from '../../../ir/object-ref.ts';

/**
 * The header by which Linkerd is told which service a request is for. What a client sends in it is
 * overwritten: it would choose the service.
 */
export const linkerdHeader = ({ discovery }: Pick<Cluster, 'discovery'>): HeaderValue => ({
  name: 'l5d-dst-override',
  value: destination(discovery),
  append: false,
});

const destination = (discovery: Discovery): string => {
  switch (discovery._tag) {
    case 'Eds': {
      if (isConsulService(discovery.endpoints)) return consulServiceParts(discovery.endpoints)[1];
      const [namespace, name] = keyParts(discovery.endpoints as ObjectKey);
      const [service = '', port = ''] = name.split(':');
      return `${service}.${namespace}:${port}`;
    }
    case 'Dns':
      return `${discovery.host.replace(/\.$/, '')}:${discovery.port}`;
    case 'Static': {
      const { address, port } = discovery;
      return `${address.includes(':') ? `[${address}]` : address}:${port}`;
    }
  }
};
