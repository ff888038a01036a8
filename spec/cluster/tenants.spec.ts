import { startBackend } from '../../src/edge/example-backends.ts';
import { chartText } from '../_support/api-server/chart.ts';
import { stored } from '../_support/api-server/stored-status.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aSecret } from '../_support/world/a-secret.ts';
import { aHost, aListener, aMapping } from '../_support/world/builders.ts';

const test = ownNetwork(import.meta.url);

const namespace = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

const auth = {
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'AuthService',
  metadata: { name: 'auth', namespace: 'blog' },
  spec: { auth_service: 'auth' },
};

const guest = (secret: string): object =>
  aHost(`blog/${secret}`, {
    hostname: `${secret}.example`,
    tlsSecret: { name: secret, namespace: 'shop' },
  });

/** What two tenants of an isolated gateway can do to each other, and are told. */
test('tenants are isolated until the owner of a Host names another namespace', async (t) => {
  t.timeout(300_000);
  for (const [name, host] of [
    ['shop', '10.77.1.1'],
    ['blog', '10.77.1.2'],
  ] as const) {
    const backend = await startBackend({ name, host, port: 8080 });
    t.teardown(backend.close);
  }
  const cluster = await startTestCluster(t);
  const port = await freePort();
  await installCrds(cluster);
  await cluster.apply(['gateway', 'shop', 'blog'].map(namespace));
  await cluster.apply(await chartText('gateway'));
  const kubeconfig = await cluster.kubeconfigFor('gateway', 'headgate');
  startHeadgate(t, { ...aPlace(t), kubeconfig }, ['--namespace', 'gateway', '--isolation']);

  /** The message of a condition, once it has this reason. */
  const told = async (object: string, type: string, reason: string): Promise<string> => {
    const [kind = '', of = '', name = ''] = object.split(/[ /]/);
    let message = '';
    await eventually(`${object}: ${type} ${reason}`, async () => {
      const { status } = await stored(cluster, of, kind, name);
      const found = status?.conditions?.find((one) => one.type === type && one.reason === reason);
      message = found?.message ?? '';
      return found !== undefined;
    });
    return message;
  };
  const login = async () => await ask({ port, host: 'shop.example', path: '/login' });

  await cluster.apply([
    aListener('gateway/http', { port }),
    aHost('shop/shop', { hostname: 'shop.example' }),
    aMapping('shop/all', { hostname: 'shop.example', service: '10.77.1.1:8080' }),
    aMapping('blog/login', {
      ...{ hostname: 'shop.example', prefix: '/login', service: '10.77.1.2:8080' },
      precedence: 1000,
    }),
    aSecret('shop/present'),
    guest('present'),
    guest('absent'),
    auth,
  ]);
  await told('mapping shop/all', 'Programmed', 'Programmed');

  t.regex(
    await told('mapping blog/login', 'Accepted', 'NotAttached'),
    /Mappings of namespace blog/,
  );
  t.is((await login()).said.service, 'shop');
  const [present, absent] = [
    await told('host blog/present', 'ResolvedRefs', 'RefNotUsable'),
    await told('host blog/absent', 'ResolvedRefs', 'RefNotUsable'),
  ];
  t.is(present.replace('shop/present', 'shop/absent'), absent);
  t.regex(await told('authservice blog/auth', 'Accepted', 'NotAttached'), /a trusted namespace/);

  const annotation = 'headgate.io/mapping-namespaces=blog';
  await cluster.kubectl(['annotate', 'host', 'shop', '-n', 'shop', annotation]);
  await told('mapping blog/login', 'Programmed', 'Programmed');
  t.is((await login()).said.service, 'blog');

  await cluster.apply([
    aMapping('blog/canary', {
      ...{ hostname: 'shop.example', service: '10.77.1.2:8080', weight: 1 },
    }),
  ]);
  await eventually('both are named', async () => {
    const messages = [
      await told('mapping shop/all', 'Accepted', 'Accepted'),
      await told('mapping blog/canary', 'Accepted', 'Accepted'),
    ];
    return (
      messages[0]?.includes('Mapping blog/canary of other namespaces') === true &&
      messages[1]?.includes('Mapping shop/all of other namespaces') === true
    );
  });
});
