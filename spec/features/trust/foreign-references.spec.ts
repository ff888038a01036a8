import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const certificate = await aCertificate('*.example');

const secret = (name: string): string =>
  tlsSecret(name, certificate).replace(`name: ${name}`, `name: ${name}, namespace: certs`);

/** A Host of a namespace that serves a certificate of the namespace `certs`. */
const guest = (namespace: string, of = 'wildcard'): string =>
  host(
    `${namespace}.example`,
    `tlsSecret: { name: ${of}, namespace: certs }`,
    `name: guest, namespace: ${namespace}, annotations: { headgate.io/mapping-namespaces: '*' }`,
  );

const start = async (...flags: readonly string[]): Promise<Gateway> =>
  await aGateway(
    ({ https }) =>
      listener('https', https, { protocol: 'HTTPS' }) +
      secret('wildcard') +
      mapping('all', a.port, 'prefix: /') +
      ['shop', 'blog', 'tools', 'certs'].map((name) => guest(name)).join('') +
      guest('guild') +
      guest('absent', 'missing'),
    flags,
  );

const asEmissary = await start();
const isolated = await start(
  ...['--isolation', '--trusted-namespaces', 'tools', '--reference-grants', 'shop:certs'],
);
test.after.always(async () => {
  await Promise.all([asEmissary.stop(), isolated.stop(), a.close()]);
});

/** The status over TLS, or that the handshake is refused. */
const answer = async (gateway: Gateway, name: string): Promise<number | 'refused'> => {
  const asked = gateway.ask({ sni: `${name}.example`, host: `${name}.example`, path: '/' });
  return await asked.then(
    ({ status }) => status,
    () => 'refused' as const,
  );
};

const problemsOf = async (gateway: Gateway, name: string) =>
  (await gateway.problems(`Host ${name}/guest`)).map(({ object, field, problem, message }) => ({
    ...{ object, field, problem, message },
  }));

test('without isolation every namespace serves certificates of every other', async (t) => {
  for (const name of ['shop', 'blog', 'tools', 'certs']) {
    t.is(await answer(asEmissary, name), 200, name);
    t.deepEqual(await problemsOf(asEmissary, name), []);
  }
});

test('with isolation only its own, and others where that is allowed', async (t) => {
  for (const name of ['certs', 'shop', 'tools']) {
    t.is(await answer(isolated, name), 200, name);
    t.deepEqual(await problemsOf(isolated, name), []);
  }
  t.is(await answer(isolated, 'blog'), 'refused');
});

const unusable = (target: string): string =>
  `${target} of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here`;

test('who may not refer to a Secret does not learn whether it is there', async (t) => {
  const refused = await problemsOf(isolated, 'blog');

  t.is(await answer(isolated, 'absent'), 'refused');
  t.deepEqual(refused, [
    {
      problem: 'RefNotUsable',
      object: 'Host blog/guest',
      field: 'spec.tlsSecret',
      message: unusable('Secret certs/wildcard'),
    },
  ]);
  t.deepEqual(await problemsOf(isolated, 'absent'), [
    {
      problem: 'RefNotUsable',
      object: 'Host absent/guest',
      field: 'spec.tlsSecret',
      message: unusable('Secret certs/missing'),
    },
  ]);
});

test('a ReferenceGrant allows a reference, from when it comes until it goes', async (t) => {
  t.is(await answer(isolated, 'guild'), 'refused');
  await isolated.apply(
    'grant.yaml',
    `
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: guild, namespace: certs }
spec:
  from: [{ group: getambassador.io, kind: Host, namespace: guild }]
  to: [{ group: "", kind: Secret, name: wildcard }]
`,
  );
  t.is(await answer(isolated, 'guild'), 200);
  t.deepEqual(await problemsOf(isolated, 'guild'), []);
  await isolated.remove('grant.yaml');
  t.is(await answer(isolated, 'guild'), 'refused');
});
