import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { chartText } from '../_support/api-server/chart.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate, type Headgate } from '../_support/process/headgate-process.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aSecret } from '../_support/world/a-secret.ts';
import { aHost, aListener, aMapping, aService } from '../_support/world/builders.ts';

/** The chart with rights to one Secret of `shop`, and to all of `blog`. */
const values = `
secrets:
  byName: true
  readable: [{ namespace: shop, names: [cert] }, { namespace: blog }]
`;

const account = 'system:serviceaccount:gate:headgate';

/** A control plane as the account of the chart, in a cluster with these Secrets. */
const aWorld = async (t: ExecutionContext) => {
  const cluster = await startTestCluster(t, { isAudited: true });
  await installCrds(cluster);
  await cluster.apply(
    ['gate', 'shop', 'blog'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
  );
  const file = join(await tempDir(t), 'values.yaml');
  await writeFile(file, values);
  await cluster.apply(await chartText('gate', '--values', file));
  await cluster.apply([
    aListener('gate/https', { port: 8443, protocol: 'HTTPS' }),
    ...['shop/cert', 'shop/hidden', 'blog/any'].map((key) => aSecret(key)),
    secure('shop', 'cert'),
    secure('blog', 'any'),
  ]);
  const kubeconfig = await cluster.kubeconfigFor('gate', 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    ...['--no-envoy', '--namespace', 'gate', '--secrets-by-name'],
  ]);
  await eventually('everything is read', headgate.isReady);
  return { cluster, headgate };
};

const secure = (namespace: string, secret: string, name = secret) =>
  aHost(`${namespace}/${name}`, {
    hostname: `${name}.${namespace}.example`,
    tlsSecret: { name: secret },
  });

/** The Secrets that are served, with their versions. */
const served = async (headgate: Headgate): Promise<Readonly<Record<string, unknown>>> =>
  (await headgate.debug<{ readonly secrets: Readonly<Record<string, unknown>> }>('ir')).secrets;

/** What the account asked about Secrets. */
const asked = (cluster: TestCluster) =>
  cluster
    .auditLog()
    .filter(
      ({ user, objectRef }) => user.username === account && objectRef?.resource === 'secrets',
    );

test('Secrets are asked for by name, with rights to no other, and what changes is noticed', async (t) => {
  t.timeout(600_000);
  const { cluster, headgate } = await aWorld(t);
  t.deepEqual(Object.keys(await served(headgate)).sort(), ['blog/any', 'shop/cert']);
  t.deepEqual(
    (await headgate.problems()).filter(
      ({ problem }) => problem !== 'NotAttached' && problem !== 'UnfitCertificate',
    ),
    [],
  );

  const before = JSON.stringify((await served(headgate))['shop/cert']);
  await cluster.apply([aSecret('shop/cert', 'two')]);
  await eventually(
    'the other certificate is served',
    async () => JSON.stringify((await served(headgate))['shop/cert']) !== before,
  );

  await cluster.kubectl(['delete', 'secret', 'any', '-n', 'blog']);
  await eventually(
    'the deleted one is gone',
    async () => Object.keys(await served(headgate)).join() === 'shop/cert',
  );
  await cluster.apply([aSecret('blog/any'), aSecret('blog/later'), secure('blog', 'later')]);
  await eventually(
    'what is there again and what is new are served',
    async () =>
      Object.keys(await served(headgate))
        .sort()
        .join() === 'blog/any,blog/later,shop/cert',
  );

  const requests = asked(cluster);
  t.true(requests.length > 0);
  t.deepEqual(
    requests.filter(({ objectRef }) => objectRef?.name === undefined),
    [],
    'nothing is asked of all Secrets',
  );
});

test('a Secret that may not be read costs its Host only, and the missing right is named', async (t) => {
  t.timeout(600_000);
  const { cluster, headgate } = await aWorld(t);
  await cluster.apply([
    secure('shop', 'hidden'),
    aHost('shop/open', { hostname: 'open.example' }),
    aMapping('shop/web', { hostname: 'open.example' }),
    aService('shop/web'),
  ]);
  const reasons = async (): Promise<readonly string[]> =>
    (await headgate.problems()).flatMap(({ object, message }) =>
      object === 'Secret shop/hidden' ? [message] : [],
    );
  await eventually('both rights are named', async () => (await reasons()).length === 2);
  const [get = '', watch = ''] = (await reasons()).toSorted().reverse();
  t.regex(watch, /^cannot be read: .*cannot get resource "secrets" .* in the namespace "shop"/);
  t.regex(get, /^changes of it are not seen: .*cannot (?:watch|list) resource "secrets"/);
  t.deepEqual(Object.keys(await served(headgate)).sort(), ['blog/any', 'shop/cert']);
  t.true(JSON.stringify(await headgate.debug('ir')).includes('open.example'));

  await cluster.kubectl([
    ...['create', 'role', 'more', '-n', 'shop', '--verb=get,list,watch'],
    ...['--resource=secrets', '--resource-name=hidden'],
  ]);
  await cluster.kubectl([
    ...['create', 'rolebinding', 'more', '-n', 'shop', '--role=more'],
    '--serviceaccount=gate:headgate',
  ]);
  await eventually(
    'it is served when the right is given',
    async () => (await reasons()).length === 0 && 'shop/hidden' in (await served(headgate)),
  );
});
