import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startBackend } from '../../src/edge/example-backends.ts';
import { chartText } from '../_support/api-server/chart.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { headgate as runHeadgate } from '../_support/process/headgate.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import {
  aHost,
  aListener,
  aMapping,
  createdIn,
  type Manifest,
} from '../_support/world/builders.ts';
import { aCertificate } from '../_support/world/certificates.ts';

const test = ownNetwork(import.meta.url);

const hostname = 'good.example';

/** A Host with the certificate of its namespace. */
const aTlsHost = (key: string, more: object = {}): Manifest =>
  aHost(key, { hostname, tlsSecret: { name: 'cert' }, ...more });

const aCertificateOf = async (namespace: string, ...names: readonly string[]) => {
  const { certificate, privateKey } = await aCertificate(hostname, ...names);
  return {
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls' },
    metadata: { namespace, name: 'cert' },
    stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
  };
};

const aNamespace = (name: string): object => ({
  ...{ apiVersion: 'v1', kind: 'Namespace' },
  metadata: { name },
});

test('who comes later neither takes a name nor closes it, until its owner gives it up', async (t) => {
  t.timeout(300_000);
  const backend = await startBackend({ name: 'web', host: '10.77.1.1', port: 8080 });
  t.teardown(backend.close);
  const cluster = await startTestCluster(t);
  const [http, https] = [await freePort(), await freePort()];
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    (await cluster.kubectl(args)).stdout;

  /** What clients of the name get over TLS, and in cleartext. */
  const served = async (): Promise<readonly unknown[]> => {
    const overTls = await ask({ port: https, sni: hostname, path: '/' });
    const { status } = await ask({ port: http, host: hostname, path: '/' });
    return [overTls.certificate, overTls.status, status];
  };
  const conflictOf = async (kind: string, name: string): Promise<string> =>
    await kubectl(
      ...['get', kind, name, '-n', name, '-o'],
      `jsonpath={.status.conditions[?(@.reason=="Conflict")].message}`,
    );
  const loses = async (kind: string, name: string, to: string): Promise<void> =>
    await eventually(`${kind} ${name} loses to ${to}`, async () =>
      (await conflictOf(kind, name)).includes(to),
    );
  const createdAt = async (kind: string, name: string): Promise<string> =>
    await kubectl('get', kind, name, '-n', name, '-o', 'jsonpath={.metadata.creationTimestamp}');
  /** The API server counts in seconds. */
  const aSecondAfter = async (time: string): Promise<void> => {
    let tries = 0;
    await eventually('the API server is a second later', async () => {
      const name = `try-${(tries += 1)}`;
      await kubectl('create', 'configmap', name, '-n', 'gateway');
      const made = await kubectl(
        ...['get', 'configmap', name, '-n', 'gateway', '-o'],
        'jsonpath={.metadata.creationTimestamp}',
      );
      return made > time;
    });
  };

  await installCrds(cluster);
  await cluster.apply(['gateway', 'good', 'aaa', 'bbb', 'zzz'].map(aNamespace));
  await cluster.apply(await chartText('gateway'));
  const kubeconfig = await cluster.kubeconfigFor('gateway', 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, ['--namespace', 'gateway']);
  await eventually('headgate leads', () => headgate.lines.some((line) => /leads/.test(line)));

  await cluster.apply([
    aListener('gateway/http', { port: http }),
    aListener('gateway/https', { port: https, protocol: 'HTTPS' }),
    await aCertificateOf('good'),
    await aCertificateOf('aaa', 'aaa.example'),
    aTlsHost('good/good'),
    aMapping('good/web', { hostname, service: '10.77.1.1:8080' }),
  ]);
  const asBefore = [`DNS:${hostname}`, 200, 200];
  await eventually('the name is served', async () => {
    const got = await served().catch(() => []);
    return got.join() === asBefore.join();
  });
  await aSecondAfter(await createdAt('host', 'good'));

  await cluster.apply([
    createdIn(2001, aTlsHost('aaa/aaa')),
    aTlsHost('bbb/bbb', { requestPolicy: { insecure: { action: 'Reject' } } }),
    aTlsHost('zzz/zzz', { tls: { min_tls_version: 'v1.2' } }),
    createdIn(2001, aListener('aaa/aaa', { port: https, securityModel: 'INSECURE' })),
  ]);
  for (const name of ['aaa', 'bbb', 'zzz']) await loses('host', name, 'Host good/good wins');
  await loses('listener', 'aaa', 'Listener gateway/https wins');
  t.deepEqual(await served(), asBefore);
  t.is(await conflictOf('host', 'good'), '');
  t.true((await createdAt('host', 'aaa')) > (await createdAt('host', 'good')));

  const exported = join(cluster.folder, 'exported.yaml');
  writeFileSync(exported, await kubectl('get', 'listeners,hosts', '-A', '-o', 'yaml'));
  const { stdout } = await runHeadgate(['check', exported]);
  for (const [kind, name] of [
    ['host', 'aaa'],
    ['host', 'bbb'],
    ['host', 'zzz'],
    ['listener', 'aaa'],
  ] as const) {
    const [said] = (await conflictOf(kind, name)).split('; ');
    t.true(said !== undefined && stdout.includes(said), `${said} of ${kind} ${name} in ${stdout}`);
  }

  await cluster.apply([aHost('zzz/zzz', { hostname, tlsContext: { name: 'strict' } })]);
  await eventually('its status is about the new version', async () => {
    const host = JSON.parse(await kubectl('get', 'host', 'zzz', '-n', 'zzz', '-o', 'json'));
    return host.status.conditions[0].observedGeneration === 2;
  });
  t.deepEqual(await served(), asBefore);

  await kubectl('delete', 'host', 'bbb', '-n', 'bbb');
  await kubectl('delete', 'host', 'zzz', '-n', 'zzz');
  await kubectl('delete', 'host', 'good', '-n', 'good');
  await eventually('the next oldest has the name', async () => {
    const got = await served();
    return got.join() === [`DNS:${hostname}, DNS:aaa.example`, 200, 200].join();
  });
  await aSecondAfter(await createdAt('host', 'aaa'));
  await cluster.apply([aTlsHost('good/good')]);
  await loses('host', 'good', 'Host aaa/aaa wins');
  t.is(await headgate.end('SIGTERM'), 0);
});
