import type { ExecutionContext } from 'ava';

import { aPlace } from '../process/headgate-process.ts';
import { aFolderOf, aListener, aRoute, startPorts } from './steady-world.ts';

/** A folder with the Listener `http`, a Host of every name in cleartext, and the route `web` to backend `one`. */
export const aWebWorld = async (t: ExecutionContext) => {
  const [place, ports] = [aPlace(t), await startPorts(t)];
  const folder = aFolderOf(place.manifests);
  folder.write('http.yaml', [aListener('http', ports.http, 'HTTP')]);
  folder.write('host.yaml', [all]);
  folder.write('route.yaml', [aRoute('web', `127.0.0.1:${ports.one}`)]);
  return { place, folder, ports };
};

const all = {
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Host',
  metadata: { name: 'all' },
  spec: { hostname: '*', requestPolicy: { insecure: { action: 'Route' } } },
};
