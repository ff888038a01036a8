import { Agent, get } from 'node:http';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { bringUp } from '../_support/test-cluster/test-cluster.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  aService,
  aSlice,
  type Manifest,
} from '../_support/world/builders.ts';

/** A real API server, `headgate run` on it with a real Envoy, and a backend; in a network of its own. */
export const withClusterGateway = async <A>(
  measure: (gateway: ClusterGateway) => Promise<A>,
): Promise<A> => {
  const ends: (() => unknown)[] = [];
  try {
    return await measure(await clusterGateway({ teardown: (end) => void ends.push(end) }));
  } finally {
    for (const end of ends.toReversed()) await end();
  }
};

/** What is measured. */
export type ClusterGateway = Awaited<ReturnType<typeof clusterGateway>>;

const clusterGateway = async (t: { readonly teardown: (end: () => unknown) => void }) => {
  const backend = await startBackend({ name: 'web', host: '10.77.1.1', port: 8080 });
  t.teardown(backend.close);
  const cluster = await bringUp();
  t.teardown(cluster.stop);
  await installCrds(cluster);
  await cluster.apply([
    aListener('default/http', { port: 8888 }),
    aHost('default/all', { hostname: '*', requestPolicy: { insecure: { action: 'Route' } } }),
    aResolver('Endpoint', 'default/endpoint'),
    aService('default/web', { ports: [{ port: 80, targetPort: 8080 }] }),
    aSlice('default/web-1', 'web', ['10.77.1.1']),
    aSite('first'),
  ]);
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig: cluster.kubeconfig });
  t.teardown(async () => await headgate.end('SIGTERM'));
  await settled(headgate);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  return {
    cluster,
    headgate,
    /** The status of a request to a site. */
    ask: async (site: string): Promise<number> =>
      await new Promise((resolve) => {
        const headers = { host: `${site}.example` };
        get({ agent, host: '127.0.0.1', port: 8888, headers }, (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
        }).once('error', () => resolve(0));
      }),
    create: async (site: string): Promise<void> => {
      const path = '/apis/getambassador.io/v3alpha1/namespaces/default/mappings';
      const { status } = await cluster.request({ method: 'POST', path, body: aSite(site) });
      if (status !== 201) throw new Error(`expected 201 for ${site}, got ${status}`);
    },
  };
};

/** A Mapping with a host of its own. */
const aSite = (site: string): Manifest =>
  aMapping(`default/${site}`, { hostname: `${site}.example`, resolver: 'endpoint' });
