import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import type { KubeAccess } from '../../../../src/edge/kube/kube-access.ts';
import { kubeAccess, openKube } from '../../../../src/edge/kube/kube-config.ts';
import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import { listening } from '../../../_support/envoy/a-server.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';

/** A kubeconfig file in a folder, with this user and cluster. */
const write = async (folder: string, user: object, cluster: object = {}): Promise<string> => {
  const path = join(folder, 'config');
  const config = {
    'current-context': 'a',
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    clusters: [{ name: 'a', cluster: { server: 'https://127.0.0.1:1', ...cluster } }],
    users: [{ name: 'a', user }],
  };
  await writeFile(path, JSON.stringify(config));
  return path;
};

/** A plug-in that notes each run, and the way to what it gives. */
const withPlugin = async (
  t: ExecutionContext,
  script: string,
): Promise<{ readonly access: KubeAccess; readonly runs: () => Promise<number> }> => {
  const folder = await tempDir(t);
  const runs = join(folder, 'runs');
  const plugin = join(folder, 'plugin');
  await writeFile(runs, '');
  await writeFile(plugin, `#!/bin/sh\necho run >> ${runs}\n${script}\n`);
  await chmod(plugin, 0o700);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin' };
  const access = await kubeAccess({ kubeconfig: await write(folder, { exec }), env: {} });
  return { access, runs: async () => (await readFile(runs, 'utf8')).split('\n').length - 1 };
};

const giving = (token: string, expires: string): string =>
  `echo '${JSON.stringify({ status: { token, expirationTimestamp: expires } })}'`;

test('a plug-in runs once for all who ask, until what it gave expires', async (t) => {
  const { access, runs } = await withPlugin(t, giving('abc', '2999-01-01T00:00:00Z'));

  const given = await Promise.all([access.credentials(), access.credentials()]);
  const later = await access.credentials();

  t.deepEqual(later, { headers: { Authorization: 'Bearer abc' }, tls: {} });
  t.true(given.every((one) => one === later));
  t.is(await runs(), 1);
});

test('a plug-in runs again when what it gave has expired, or was refused', async (t) => {
  const expired = await withPlugin(t, giving('abc', '2000-01-01T00:00:00Z'));
  await expired.access.credentials();
  await expired.access.credentials();
  t.is(await expired.runs(), 2);

  const { access, runs } = await withPlugin(t, giving('abc', '2999-01-01T00:00:00Z'));
  const refused = await access.credentials();
  await access.credentials(refused);
  t.is(await runs(), 2);

  // What is refused is not the latest any more: somebody has fetched newer.
  await access.credentials(refused);
  t.is(await runs(), 2);
});

const fails = test.macro({
  async exec(t, script: string, message: RegExp) {
    const { access } = await withPlugin(t, script);
    const fault = await t.throwsAsync(access.credentials(), { instanceOf: ApiFault });
    t.regex(fault?.message ?? '', message);
    t.notRegex(fault?.message ?? '', /s3cret/);
  },
  title: (name = '') => `a plug-in that fails is a fault that quotes no token: ${name}`,
});

test('it ends badly', fails, 'echo no login >&2; exit 1', /^no credentials for a: no login$/);
test('it writes no JSON', fails, 'echo s3cret', /wrote what is not JSON$/);

test('a client certificate and a password are credentials too', async (t) => {
  const folder = await tempDir(t);
  const path = await write(folder, {
    'client-certificate-data': Buffer.from('a certificate').toString('base64'),
    'client-key-data': Buffer.from('a key').toString('base64'),
    username: 'ada',
    password: 'pass',
  });
  const { credentials } = await kubeAccess({ kubeconfig: path, env: {} });

  t.deepEqual(await credentials(), {
    headers: { Authorization: 'Basic YWRhOnBhc3M=' },
    tls: { cert: 'a certificate', key: 'a key' },
  });
});

test('verification is off only where the kubeconfig says so', async (t) => {
  const folder = await tempDir(t);
  const cluster = { 'insecure-skip-tls-verify': true };
  const off = await kubeAccess({ kubeconfig: await write(folder, {}, cluster), env: {} });
  t.is((await off.credentials()).tls.rejectUnauthorized, false);

  const on = await kubeAccess({ kubeconfig: await write(folder, {}), env: {} });
  t.is((await on.credentials()).tls.rejectUnauthorized, undefined);
});

test('nobody is told who we are without TLS', async (t) => {
  const folder = await tempDir(t);
  const path = await write(folder, { token: 'abc' }, { server: 'http://127.0.0.1:8001' });
  const { credentials } = await kubeAccess({ kubeconfig: path, env: {} });

  t.deepEqual(await credentials(), { headers: {}, tls: {} });
});

test('a client certificate that is rotated is shown from the next call on', async (t) => {
  const folder = await tempDir(t);
  const server = await aCertificate('127.0.0.1');
  const clients = [await aCertificate('one'), await aCertificate('two')] as const;
  const https = createServer(
    {
      ...{ cert: server.certificate, key: server.privateKey },
      // It is to say who came, whether it knows them or not.
      ...{ requestCert: true, rejectUnauthorized: false },
    },
    ({ socket }, response) => {
      const { subject, subjectaltname } = (socket as TLSSocket).getPeerCertificate();
      response.end(JSON.stringify(subjectaltname ?? subject));
    },
  );
  const { port, close } = await listening(https);
  t.teardown(close);
  const show = async ({ certificate, privateKey }: (typeof clients)[0]): Promise<void> => {
    await writeFile(join(folder, 'tls.crt'), certificate);
    await writeFile(join(folder, 'tls.key'), privateKey);
  };
  await show(clients[0]);
  const kubeconfig = await write(
    folder,
    { 'client-certificate': 'tls.crt', 'client-key': 'tls.key' },
    {
      server: `https://127.0.0.1:${port}`,
      'certificate-authority-data': Buffer.from(server.certificate).toString('base64'),
    },
  );
  const client = await openKube({ kubeconfig, env: {} });
  t.teardown(client.close);

  t.is(await client.request({ method: 'GET', path: '/' }), 'DNS:one');
  await show(clients[1]);
  t.is(await client.request({ method: 'GET', path: '/' }), 'DNS:two');
});
