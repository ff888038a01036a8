import { startBackend } from '../../src/edge/example-backends.ts';
import { chartText } from '../_support/api-server/chart.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

/** The ports are those of the chart's Service, so they are in a network of their own. */
const test = ownNetwork(import.meta.url);

const namespace = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

const gateway = (...listeners: readonly string[]): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: edge }
spec:
  gatewayClassName: headgate
  listeners:
${listeners.map((one) => `    - { ${one}, allowedRoutes: { namespaces: { from: All } } }`).join('\n')}
`;

const route = (service: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: shop }
spec:
  parentRefs: [{ name: web, namespace: edge }]
  hostnames: [shop.example]
  rules: [{ backendRefs: [{ name: ${service}, port: 80 }] }]
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
ports: [{ port: 8081 }]
`;

/** What a newcomer does with nothing but the chart, the definitions and `kubectl`. */
test('install, make a Gateway on the Service, route a request, break it, read why, mend it', async (t) => {
  t.timeout(300_000);
  const backend = await startBackend({ name: 'web', host: '10.77.1.1', port: 8081 });
  t.teardown(backend.close);
  const cluster = await startTestCluster(t);
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    (await cluster.kubectl(args)).stdout;
  const shown = async (kind: string, where: string, path: string): Promise<string> =>
    await kubectl('get', kind, '-n', where, '-o', `jsonpath={.items[0].status.${path}}`);
  const says = async (kind: string, where: string, path: string, text: RegExp): Promise<void> => {
    let last = '';
    await eventually(`${kind} says ${text.source}`, async () => {
      last = await shown(kind, where, path);
      return text.test(last);
    }).catch((cause: unknown) => {
      throw new Error(`${last}\n${headgate.lines.slice(-20).join('\n')}`, { cause });
    });
  };
  const answer = async () =>
    await ask({ at: '10.77.0.9', port: 8080, host: 'shop.example', path: '/' });

  await installCrds(cluster);
  await installGatewayApi(cluster);
  await cluster.apply(['gateway', 'edge', 'shop'].map(namespace));
  const classIsDefined = ['--api-versions', 'gateway.networking.k8s.io/v1/GatewayClass'];
  await cluster.apply(await chartText('gateway', ...classIsDefined));
  const balanced = { status: { loadBalancer: { ingress: [{ ip: '10.77.0.9' }] } } };
  await kubectl(
    ...['patch', 'service', 'headgate', '-n', 'gateway', '--subresource=status'],
    ...['--type=merge', '-p', JSON.stringify(balanced)],
  );
  const kubeconfig = await cluster.kubeconfigFor('gateway', 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    ...['--namespace', 'gateway', '--gateway-service', 'gateway/headgate'],
  ]);
  await says('gatewayclass', 'edge', 'conditions[?(@.type=="Accepted")].status', /^True$/);

  await cluster.apply(gateway('name: http, protocol: HTTP, port: 80'));
  await cluster.apply(web);
  await cluster.apply(route('web'));
  await says('gateway', 'edge', 'conditions[?(@.type=="Programmed")].status', /^True$/);
  await says('gateway', 'edge', 'listeners[0].attachedRoutes', /^1$/);
  t.regex(
    await kubectl('get', 'gateway', 'web', '-n', 'edge', '--no-headers'),
    /^web +headgate +10\.77\.0\.9 +True /,
  );
  const first = await answer();
  t.is(first.status, 200);
  t.is(first.said.service, 'web');

  const unopened = 'name: other, protocol: HTTP, port: 9000';
  await cluster.apply(gateway('name: http, protocol: HTTP, port: 80', unopened));
  await says(
    'gateway',
    'edge',
    'listeners[1].conditions[?(@.type=="Programmed")]',
    /"reason":"PortUnavailable"/,
  );
  t.regex(
    await shown('gateway', 'edge', 'listeners[1].conditions[?(@.type=="Programmed")].message'),
    /service\.ports/,
  );

  const resolved = 'parents[0].conditions[?(@.type=="ResolvedRefs")].reason';
  await cluster.apply(route('gone'));
  await says('httproute', 'shop', resolved, /^BackendNotFound$/);
  await eventually('the share of nobody fails', async () => (await answer()).status === 500);
  await eventually('an Event says so', async () =>
    /Warning\s+\w+\s+\S+\s+headgate\s+.*Service shop\/gone does not exist/.test(
      await kubectl('describe', 'httproute', 'shop', '-n', 'shop'),
    ),
  );

  await cluster.apply(route('web'));
  await says('httproute', 'shop', resolved, /^ResolvedRefs$/);
  await eventually('it is answered again', async () => (await answer()).status === 200);
  t.is(await headgate.end('SIGTERM'), 0);
});
