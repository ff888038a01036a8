import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { kubeAccess, type KubeOptions } from '../../../../src/edge/kube/kube-config.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** A kubeconfig file with a context, a cluster and a user of each of these names. */
const write = async (
  path: string,
  names: readonly string[],
  current = names[0],
  cluster: object = {},
): Promise<string> => {
  const config = {
    'current-context': current,
    contexts: names.map((name) => ({
      name,
      context: { cluster: name, user: name, namespace: `ns-${name}` },
    })),
    clusters: names.map((name) => ({
      name,
      cluster: { server: `https://${name}.test:6443`, ...cluster },
    })),
    users: names.map((name) => ({ name, user: { token: `token-of-${name}` } })),
  };
  await writeFile(path, JSON.stringify(config));
  return path;
};

const aPod = async (t: ExecutionContext): Promise<KubeOptions & { readonly home: string }> => {
  const home = await tempDir(t);
  const serviceAccount = join(home, 'serviceaccount');
  await mkdir(serviceAccount);
  await writeFile(join(serviceAccount, 'token'), 'token-of-pod\n');
  await writeFile(join(serviceAccount, 'ca.crt'), 'a certificate');
  await writeFile(join(serviceAccount, 'namespace'), 'gateway\n');
  const env = { HOME: home, KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
  return { home, serviceAccount, env };
};

test('a Pod reads the cluster it runs in', async (t) => {
  const { server, namespace, description, credentials } = await kubeAccess(await aPod(t));

  t.is(server, 'https://10.0.0.1:443');
  t.is(namespace, 'gateway');
  t.is(description, 'https://10.0.0.1:443 (the cluster of this Pod)');
  t.deepEqual(await credentials(), {
    headers: { Authorization: 'Bearer token-of-pod' },
    tls: { ca: 'a certificate' },
  });
});

test('an IPv6 address gets its brackets', async (t) => {
  const pod = await aPod(t);
  const access = await kubeAccess({
    ...pod,
    env: { ...pod.env, KUBERNETES_SERVICE_HOST: 'fd00::1' },
  });

  t.is(access.server, 'https://[fd00::1]:443');
});

test('what is named counts before the Pod: a file, KUBECONFIG, a context', async (t) => {
  const pod = await aPod(t);
  const named = await write(join(pod.home, 'named'), ['named']);
  const listed = await write(join(pod.home, 'listed'), ['listed']);
  await mkdir(join(pod.home, '.kube'));
  await write(join(pod.home, '.kube', 'config'), ['usual', 'other']);
  const withList = { ...pod, env: { ...pod.env, KUBECONFIG: listed } };

  t.is((await kubeAccess({ ...withList, kubeconfig: named })).server, 'https://named.test:6443');
  t.is((await kubeAccess(withList)).server, 'https://listed.test:6443');
  t.is((await kubeAccess({ ...pod, context: 'other' })).server, 'https://other.test:6443');
});

test('elsewhere the usual file is read, and its current context', async (t) => {
  const home = await tempDir(t);
  await mkdir(join(home, '.kube'));
  await write(join(home, '.kube', 'config'), ['one', 'two'], 'two');
  const access = await kubeAccess({ env: { HOME: home } });

  t.is(access.server, 'https://two.test:6443');
  t.is(access.namespace, 'ns-two');
  t.is(access.description, 'https://two.test:6443 (two)');
  t.deepEqual((await access.credentials()).headers, { Authorization: 'Bearer token-of-two' });
});

test('of several files the first that has a name counts, and missing ones do not matter', async (t) => {
  const home = await tempDir(t);
  const first = await write(join(home, 'first'), ['a'], '');
  const second = await write(join(home, 'second'), ['a', 'b'], 'b', {
    server: 'https://late.test',
  });
  const env = { KUBECONFIG: [join(home, 'missing'), first, second].join(':') };

  t.is((await kubeAccess({ env })).server, 'https://late.test');
  t.is((await kubeAccess({ env, context: 'a' })).server, 'https://a.test:6443');
});

test('paths in a kubeconfig begin at its folder', async (t) => {
  const home = await tempDir(t);
  await writeFile(join(home, 'ca.pem'), 'an authority');
  await writeFile(join(home, 'token'), 'from a file\n');
  const config = `
    current-context: a
    contexts: [{ name: a, context: { cluster: a, user: a } }]
    clusters: [{ name: a, cluster: {
      server: "https://a.test", certificate-authority: ca.pem, tls-server-name: b.test } }]
    users: [{ name: a, user: { tokenFile: token, token: older } }]`;
  await writeFile(join(home, 'config'), config);
  const { credentials } = await kubeAccess({ kubeconfig: join(home, 'config'), env: {} });

  t.deepEqual(await credentials(), {
    headers: { Authorization: 'Bearer from a file' },
    tls: { ca: 'an authority', servername: 'b.test' },
  });
});

const isWrong = test.macro({
  async exec(t, options: (home: string) => Promise<KubeOptions> | KubeOptions, message: RegExp) {
    const home = await tempDir(t);
    await write(join(home, 'good'), ['a', 'b']);
    const given = await options(home);
    const error = await t.throwsAsync(kubeAccess({ ...given, serviceAccount: join(home, 'none') }));
    t.regex(error?.message ?? '', message);
  },
  title: (name = '') => `what is wrong with a kubeconfig is said: ${name}`,
});

const saying =
  (text: string) =>
  async (home: string): Promise<KubeOptions> => {
    await writeFile(join(home, 'bad'), text);
    return { kubeconfig: join(home, 'bad'), env: {} };
  };

test(
  'nothing anywhere',
  isWrong,
  (home) => ({ env: { HOME: home } }),
  /^there is no cluster to read: .*\/\.kube\/config; name one/,
);
test(
  'no such file',
  isWrong,
  (home) => ({ kubeconfig: join(home, 'none'), env: {} }),
  /^kubeconfig .*none: there is no such file or folder$/,
);
test(
  'no file of KUBECONFIG',
  isWrong,
  () => ({ env: { KUBECONFIG: '/no/where' } }),
  /^KUBECONFIG: there is no file \/no\/where$/,
);
test(
  'no such context',
  isWrong,
  (home) => ({ kubeconfig: join(home, 'good'), context: 'c', env: {} }),
  /good: there is no context c; it has a, b$/,
);
test(
  'no current context',
  isWrong,
  async (home) => ({ kubeconfig: await write(join(home, 'x'), ['a'], ''), env: {} }),
  /no context is current; it has a$/,
);
test('an empty file', isWrong, saying(''), /no context is current; it has none$/);
test('no YAML', isWrong, saying('token: "abc'), /^kubeconfig .*bad is not YAML: (?!.*abc)/);
test(
  'no such cluster',
  isWrong,
  saying('{current-context: a, contexts: [{name: a, context: {cluster: x}}]}'),
  /context a: there is no cluster x$/,
);
test(
  'a proxy that we cannot use',
  isWrong,
  async (home) => ({
    kubeconfig: await write(join(home, 'x'), ['a'], 'a', { 'proxy-url': 'ftp://user:secret@p' }),
    env: {},
  }),
  /^proxy-url of a: expected a URL with http, https or socks5, got ftp$/,
);
