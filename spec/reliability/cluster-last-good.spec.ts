import { installOwnDefinitions, withAnySpec } from '../_support/api-server/own-definitions.ts';
import { backendPort, worldManifests } from '../_support/api-server/cluster-world.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aCertificate, aHost, aRoute } from '../_support/world/steady-world.ts';
import { startBackend } from '../../src/edge/example-backends.ts';

const test = ownNetwork(import.meta.url);

test.serial('what was made invalid in a cluster outlives the control plane', async (t) => {
  t.timeout(600_000);
  const world = {
    ...{ http: await freePort(), https: await freePort() },
    ...{ one: '10.77.1.1', two: '10.77.1.2' },
  };
  for (const name of ['one', 'two'] as const)
    t.teardown((await startBackend({ name, host: world[name], port: backendPort })).close);
  const [one, two] = [`${world.one}:${backendPort}`, `${world.two}:${backendPort}`];
  const cluster = await startTestCluster(t);
  await installOwnDefinitions(cluster, withAnySpec);
  const certificate = await aCertificate();
  const names = ['invalid', 'deleted', 'again', 'corrected'];
  await cluster.apply([
    ...(await worldManifests(world)),
    certificate,
    ...names.map((name) => aRoute(name, one)),
  ]);
  const place = { ...aPlace(t), kubeconfig: cluster.kubeconfig };
  let headgate = startHeadgate(t, place);
  await settled(headgate);
  const answer = async (name: string): Promise<string> => {
    const { status, said } = await ask({ port: world.http, path: `/${name}/` });
    return `${status} ${said.service ?? ''}`.trim();
  };
  const overTls = async (): Promise<string> => {
    const question = { port: world.https, path: '/static/', sni: 'localhost' };
    const { status, certificate } = await ask(question);
    return `${status} ${certificate}`;
  };
  for (const name of names) t.is(await answer(name), '200 one');
  t.is(await overTls(), '200 DNS:localhost');

  const wrong = names.map((name) => aRoute(name, two, { timeout_ms: 'soon' }));
  await cluster.apply([
    ...wrong,
    { ...aHost('all', '*'), spec: { hostname: 7 } },
    { ...(await aCertificate()), stringData: { 'tls.crt': '', 'tls.key': '' } },
  ]);
  const invalid = async (): Promise<readonly string[]> =>
    (await headgate.problems())
      .filter(({ problem }) => problem === 'InvalidField' || problem === 'InvalidCertificate')
      .flatMap(({ object }) => object ?? [])
      .sort();
  await eventually('all six are reported', async () => (await invalid()).length === 6);
  await settled(headgate);
  for (const name of names) t.is(await answer(name), '200 one');

  await headgate.end('SIGKILL');
  const remove = async (name: string): Promise<void> => {
    const { code, stderr } = await cluster.kubectl(['delete', 'mapping', name]);
    t.is(code, 0, stderr);
  };
  await remove('deleted');
  await remove('again');
  await cluster.apply([
    ...wrong.filter(({ metadata }) => metadata['name'] === 'again'),
    aRoute('corrected', two),
  ]);
  headgate = startHeadgate(t, place);
  await settled(headgate);
  t.true(headgate.lines.some((line) => line.includes('took over the running Envoy')));
  t.deepEqual(await Promise.all(names.map(answer)), ['200 one', '404', '404', '200 two']);
  t.is(await overTls(), '200 DNS:localhost');
  t.deepEqual(await invalid(), [
    'Host default/all',
    'Mapping default/again',
    'Mapping default/invalid',
    'Secret default/certificate',
  ]);
  t.is(await headgate.end('SIGTERM'), 0);
});
