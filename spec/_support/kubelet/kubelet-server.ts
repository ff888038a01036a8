import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { aCertificate } from '../world/certificates.ts';
import type { LogLine } from './container.ts';

/** The log of a container of a Pod, if it runs here. */
export type LogOf = (
  namespace: string,
  pod: string,
  container: string,
) => readonly LogLine[] | undefined;

/**
 * Serves the logs of containers as the API server asks a kubelet for them:
 * `/containerLogs/<namespace>/<pod>/<container>` with `sinceTime`, `timestamps` and `tailLines`.
 */
export const kubeletServer = async (address: string, logOf: LogOf) => {
  const { certificate, privateKey } = await aCertificate(address);
  const server = createServer({ cert: certificate, key: privateKey }, ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'https://kubelet');
    const [, page, namespace = '', pod = '', container = ''] = pathname.split('/');
    const log = page === 'containerLogs' ? logOf(namespace, pod, container) : undefined;
    response.statusCode = log === undefined ? 404 : 200;
    response.end(log === undefined ? 'not found' : shown(log, searchParams));
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const shown = (log: readonly LogLine[], query: URLSearchParams): string => {
  const since = Date.parse(query.get('sinceTime') ?? '') || 0;
  const lines = log.filter(({ at }) => Date.parse(at) >= since);
  const last = query.get('tailLines');
  return lines
    .slice(last === null ? 0 : Math.max(0, lines.length - Number(last)))
    .map(({ at, text }) => (query.get('timestamps') === 'true' ? `${at} ${text}\n` : `${text}\n`))
    .join('');
};
