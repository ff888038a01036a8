import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startSecureBackend } from '../../../_support/envoy/secure-backend.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { statusFor } from '../../../_support/tls/tls-client.ts';
import { tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const authority = anAuthority('known');
const backend = await startBackend({ name: 'a', port: 0 });
const secure = await startSecureBackend(authority.sign({ names: ['shop.example'], key: 'rsa' }));
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', authority.sign({ names: ['*.example'], key: 'rsa' })) +
    host('steady.example', 'tlsSecret: { name: server }') +
    mapping('all', backend.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), secure.close()]);
});

const statusOf = async (name: string): Promise<string> =>
  await statusFor({ port: gateway.ports.https, servername: `${name}.example` });

const refused = { problem: 'RefusedByEnvoy' };

test.serial('a TLSContext that Envoy refuses closes its Host alone, and says why', async (t) => {
  const named = host('a.example', 'tlsSecret: { name: server }, tlsContext: { name: wrong }');
  await gateway.apply('a.yaml', named);
  await gateway.apply('wrong.yaml', tlsContext('wrong', 'cipher_suites: [ALL, "!ALL"]'));
  t.is(await statusOf('steady'), '200');
  t.is(await statusOf('a'), 'nothing');
  const [problem] = await gateway.problems('TLSContext default/wrong');
  t.like(problem, refused);
  t.regex(problem?.message ?? '', /Failed to initialize cipher suites ALL:!ALL/);
  await gateway.apply('wrong.yaml', tlsContext('wrong', 'min_tls_version: v1.2'));
  t.is(await statusOf('a'), '200');
  t.deepEqual(await gateway.problems('TLSContext default/wrong'), []);
});

test.serial('a name that Envoy does not know costs its TLSContext alone', async (t) => {
  const fresh = authority.sign({ names: ['*.example'], key: 'rsa' });
  await gateway.apply(
    'fresh.yaml',
    tlsSecret('fresh', fresh) +
      host('c.example', 'tlsSecret: { name: fresh }, tls: { min_tls_version: v1.2 }') +
      host('d.example', 'tlsSecret: { name: fresh }, tlsContext: { name: unknown }') +
      tlsContext('unknown', 'cipher_suites: [NOT-A-CIPHER]'),
  );
  t.is(await statusOf('c'), '200');
  t.is(await statusOf('d'), 'nothing');
  t.like(await gateway.problems('TLSContext default/unknown'), [
    { problem: 'InvalidField', field: 'spec.cipher_suites[0]', got: '"NOT-A-CIPHER"' },
  ]);
  await gateway.apply('fresh.yaml', tlsSecret('fresh', fresh));
});

test.serial('its last version that Envoy took stays in force', async (t) => {
  await gateway.apply('wrong.yaml', tlsContext('wrong', 'min_tls_version: v1.3'));
  await gateway.apply('wrong.yaml', tlsContext('wrong', 'cipher_suites: [ALL, "!ALL"]'));
  t.is(await statusOf('a'), '200');
  const old = {
    port: gateway.ports.https,
    servername: 'a.example',
    maxVersion: 'TLSv1.2',
  } as const;
  t.is(await statusFor(old), 'nothing');
  t.is(await statusOf('steady'), '200');
  t.like(await gateway.problems('TLSContext default/wrong'), [refused]);
  await gateway.remove('wrong.yaml');
  t.is(await statusOf('a'), 'nothing');
});

test.serial('one that is called after a Host and that Envoy refuses closes it, too', async (t) => {
  await gateway.apply(
    'a.yaml',
    host('called.example', 'tlsSecret: { name: server }') +
      tlsContext('called.example-context', 'cipher_suites: [ALL, "!ALL"]'),
  );
  t.is(await statusOf('called'), 'nothing');
  t.is(await statusOf('steady'), '200');
  t.like(await gateway.problems('TLSContext default/called.example-context'), [refused]);
  t.regex(
    (await gateway.problems('Host default/called.example'))[0]?.message ?? '',
    /called\.example-context is not valid/,
  );
  await gateway.remove('a.yaml');
});

test.serial(
  'nor does a TLSContext of another namespace count in place of one that Envoy refuses',
  async (t) => {
    await gateway.apply(
      'a.yaml',
      host('a.example', 'tlsSecret: { name: server }, tlsContext: { name: twice }') +
        tlsContext('twice', '', 'name: twice, namespace: other'),
    );
    t.is(await statusOf('a'), '200');
    await gateway.apply('twice.yaml', tlsContext('twice', 'cipher_suites: [ALL, "!ALL"]'));
    t.is(await statusOf('a'), 'nothing');
    await gateway.remove('a.yaml');
    await gateway.remove('twice.yaml');
  },
);

test.serial('settings of a Host that Envoy refuses are those of that Host', async (t) => {
  await gateway.apply(
    'a.yaml',
    host('b.example', 'tlsSecret: { name: server }, tls: { cipher_suites: [ALL, "!ALL"] }'),
  );
  t.is(await statusOf('b'), 'nothing');
  t.is(await statusOf('steady'), '200');
  t.like(await gateway.problems('Host default/b.example'), [refused]);
  await gateway.remove('a.yaml');
});

test.serial('a wider Host serves none that Envoy refuses, or that cannot be read', async (t) => {
  const wide = host('*.wide.example', 'tlsSecret: { name: server }');
  await gateway.apply('wide.yaml', wide);
  t.is(await statusOf('in.wide'), '200');
  for (const wrong of ['cipher_suites: [ALL, "!ALL"]', 'cert_required: certainly']) {
    const tls = `tls: { ca_secret: server, ${wrong} }`;
    await gateway.apply('in.yaml', host('in.wide.example', `tlsSecret: { name: server }, ${tls}`));
    t.is(await statusOf('in.wide'), 'nothing', wrong);
    t.is(await statusOf('other.wide'), '200', wrong);
    const asked = { port: gateway.ports.https, servername: 'x.wide.example' };
    t.is(await statusFor({ ...asked, host: 'in.wide.example' }), '421', wrong);
    t.is((await gateway.problems('Host default/in.wide.example')).length, 1, wrong);
    await gateway.remove('in.yaml');
  }
  t.is(await statusOf('in.wide'), '200');
  await gateway.remove('wide.yaml');
});

test.serial('of a service nothing is asked with a TLSContext that Envoy refuses', async (t) => {
  const fields = 'prefix: /shop/, tls: shop';
  const to = async (settings: string): Promise<number> => {
    await gateway.apply(
      'shop.yaml',
      mapping('shop', secure.port, fields) + tlsContext('shop', settings),
    );
    return (await gateway.ask({ path: '/shop/', sni: 'steady.example' })).status;
  };
  t.is(await to('cipher_suites: [ALL, "!ALL"]'), 503);
  t.is(await statusOf('steady'), '200');
  await eventually('it is told', async () =>
    (await gateway.problems('TLSContext default/shop')).some(
      ({ problem }) => problem === refused.problem,
    ),
  );
  t.is(await to('cipher_suites: [ECDHE-RSA-AES128-GCM-SHA256]'), 200);
});
