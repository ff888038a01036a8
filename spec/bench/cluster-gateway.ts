import { Agent, get } from 'node:http';

import { startBackend } from '../../src/edge/example-backends.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { aKubeClient } from '../_support/api-server/a-kube-client.ts';
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
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  anHttpRoute,
} from '../_support/world/gateway-api/builders.ts';

const port = 8888;

/** How sites are written. */
export interface SiteKind {
  readonly kind: string;
  /** The collection in the API server to which they are posted. */
  readonly path: string;
  /** What they need beside the Service `web`. */
  readonly around: readonly Manifest[];
  /** A site with a host of its own, which sends everything to `web`. */
  readonly site: (name: string) => Manifest;
}

/** Mappings, in one Host with a wildcard. */
export const mappings: SiteKind = {
  kind: 'Mapping',
  path: '/apis/getambassador.io/v3alpha1/namespaces/default/mappings',
  around: [
    aListener('default/http', { port }),
    aHost('default/all', { hostname: '*', requestPolicy: { insecure: { action: 'Route' } } }),
    aResolver('Endpoint', 'default/endpoint'),
  ],
  site: (name) =>
    aMapping(`default/${name}`, { hostname: `${name}.example`, resolver: 'endpoint' }),
};

/** HTTPRoutes of one Gateway. */
export const httpRoutes: SiteKind = {
  kind: 'HTTPRoute',
  path: '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes',
  around: [aGatewayClass(), aGateway('default/gw', { listeners: [aGatewayListener({ port })] })],
  site: (name) => anHttpRoute(`default/${name}`, { hostnames: [`${name}.example`] }),
};

/** A real API server, `headgate run` on it with a real Envoy, and a backend; in a network of its own. */
export const withClusterGateway = async <A>(
  siteKind: SiteKind,
  measure: (gateway: ClusterGateway) => Promise<A>,
): Promise<A> => {
  const ends: (() => unknown)[] = [];
  try {
    const teardown = (end: () => unknown) => void ends.push(end);
    return await measure(await clusterGateway(siteKind, { teardown }));
  } finally {
    for (const end of ends.toReversed()) await end();
  }
};

/** What is measured. */
export type ClusterGateway = Awaited<ReturnType<typeof clusterGateway>>;

const clusterGateway = async (
  { path, around, site }: SiteKind,
  t: { readonly teardown: (end: () => unknown) => void },
) => {
  const backend = await startBackend({ name: 'web', host: '10.77.1.1', port: 8080 });
  t.teardown(backend.close);
  const cluster = await bringUp();
  t.teardown(cluster.stop);
  await installCrds(cluster);
  await installGatewayApi(cluster);
  await cluster.apply([
    ...around,
    aService('default/web', { ports: [{ port: 80, targetPort: 8080 }] }),
    aSlice('default/web-1', 'web', ['10.77.1.1']),
    site('first'),
  ]);
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig: cluster.kubeconfig }, [
    '--gateway-addresses',
    '127.0.0.1',
  ]);
  t.teardown(async () => await headgate.end('SIGTERM'));
  await settled(headgate);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  return {
    cluster,
    client: aKubeClient(t, cluster.kubeconfig),
    /** The collection of the sites. */
    path,
    headgate,
    /** The status of a request to a site. */
    ask: async (site: string): Promise<number> =>
      await new Promise((resolve) => {
        const headers = { host: `${site}.example` };
        get({ agent, host: '127.0.0.1', port, headers }, (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
        }).once('error', () => resolve(0));
      }),
    create: async (name: string): Promise<void> => {
      const { status } = await cluster.request({ method: 'POST', path, body: site(name) });
      if (status !== 201) throw new Error(`expected 201 for ${name}, got ${status}`);
    },
  };
};
