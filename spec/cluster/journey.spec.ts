import { startBackend } from '../../src/edge/example-backends.ts';
import { chartText } from '../_support/api-server/chart.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

const test = ownNetwork(import.meta.url);

const gateway = (port: number): string => `
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: http, namespace: shop }
spec:
  port: ${port}
  protocol: HTTP
  securityModel: XFP
  hostBinding: { namespace: { from: ALL } }
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { name: shop, namespace: shop }
spec:
  hostname: shop.example
  requestPolicy: { insecure: { action: Route } }
---
apiVersion: getambassador.io/v3alpha1
kind: KubernetesEndpointResolver
metadata: { name: endpoints, namespace: shop }
`;

const web = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
endpoints: [{ addresses: [10.77.1.1], conditions: { ready: true } }]
ports: [{ port: 8080 }]
`;

const mapping = (spec: string): string => `
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: web, namespace: shop }
spec: { hostname: shop.example, resolver: endpoints, ${spec} }
`;

/** What a newcomer does on the first day, with nothing but the chart and `kubectl`. */
test('install, route a request, break it, read why, mend it', async (t) => {
  t.timeout(300_000);
  const backend = await startBackend({ name: 'web', host: '10.77.1.1', port: 8080 });
  t.teardown(backend.close);
  const cluster = await startTestCluster(t);
  const port = await freePort();
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    (await cluster.kubectl(args)).stdout;
  const columns = async (): Promise<readonly string[]> =>
    (await kubectl('get', 'mapping', 'web', '-n', 'shop', '--no-headers')).trim().split(/\s{2,}/);
  const shows = async (state: string, accepted: string, programmed: string): Promise<void> =>
    await eventually(`kubectl shows ${state} ${accepted} ${programmed}`, async () => {
      const shown = await columns();
      return shown.slice(4, -1).join() === [state, accepted, programmed].join();
    });
  const answer = async () => await ask({ port, host: 'shop.example', path: '/' });

  await installCrds(cluster);
  await cluster.apply(['gateway', 'shop'].map(namespace));
  await cluster.apply(await chartText('gateway'));
  const kubeconfig = await cluster.kubeconfigFor('gateway', 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, ['--namespace', 'gateway']);
  await eventually('headgate leads', () => headgate.lines.some((line) => /leads/.test(line))).catch(
    (cause: unknown) => {
      throw new Error(headgate.lines.join('\n'), { cause });
    },
  );

  await cluster.apply(gateway(port));
  await cluster.apply(web);
  await cluster.apply(mapping('prefix: /, service: web'));
  await shows('Running', 'True', 'True');
  const first = await answer();
  t.is(first.status, 200);
  t.is(first.said.service, 'web');

  const refused = await cluster.kubectl(['apply', '-f', '-'], mapping('prefix: /, service: 7'));
  t.not(refused.code, 0);
  t.regex(refused.stderr, /spec\.service/);

  await cluster.apply(mapping('prefix: "/(", prefix_regex: true, service: web'));
  await shows('Inactive', 'False', 'False');
  t.regex(
    await kubectl('describe', 'mapping', 'web', '-n', 'shop'),
    /Warning\s+\w+\s+\S+\s+headgate\s+spec\.prefix: .*missing/,
  );

  await cluster.apply(mapping('prefix: /, prefix_regex: false, service: web'));
  await shows('Running', 'True', 'True');
  t.is((await answer()).status, 200);
  t.deepEqual(await headgate.problems(), []);
  t.is(await headgate.end('SIGTERM'), 0);
});

const namespace = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});
