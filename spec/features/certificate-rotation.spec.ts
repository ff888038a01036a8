import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const [first, second, third] = await Promise.all(
  ['first', 'second', 'third'].map(
    async (name) => await aCertificate('shop.example', `${name}.example`),
  ),
);
const gateway = await aGateway(
  ({ https }) =>
    listener('https', https, { protocol: 'HTTPS' }) +
    host('shop.example', 'tlsSecret: { name: shop }') +
    mapping('all', a.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const serving = async (): Promise<string | undefined> =>
  (await gateway.ask({ sni: 'shop.example' })).certificate;

const secret = async (pair: typeof first): Promise<void> => {
  if (pair === undefined) throw new Error('expected a certificate');
  await gateway.apply('secret.yaml', tlsSecret('shop', pair));
};

test.serial('a Host without its Secret is not served over TLS, and says why', async (t) => {
  await t.throwsAsync(serving());
  t.like(await gateway.problems('Host default/shop.example'), [
    { problem: 'NotFound', field: 'spec.tlsSecret', message: 'Secret default/shop does not exist' },
  ]);
});

test.serial('the Secret arrives, and the Host is served', async (t) => {
  await secret(first);
  t.is(await serving(), 'DNS:shop.example, DNS:first.example');
  t.deepEqual(await gateway.problems('Host default/shop.example'), []);
});

test.serial('a renewed certificate reaches new connections and is all that is sent', async (t) => {
  const { Secret: before = 0, ...others } = await gateway.pushes();
  await secret(second);
  t.is(await serving(), 'DNS:shop.example, DNS:second.example');
  t.deepEqual(await gateway.pushes(), { ...others, Secret: before + 1 });
});

test.serial(
  'a key that does not belong to its certificate is reported, and the last good pair serves',
  async (t) => {
    await secret({ certificate: third?.certificate ?? '', privateKey: first?.privateKey ?? '' });
    t.is(await serving(), 'DNS:shop.example, DNS:second.example');
    t.like(await gateway.problems('Secret default/shop'), [{ problem: 'InvalidCertificate' }]);
  },
);

test.serial('what is no certificate is reported, and the last good pair serves', async (t) => {
  await secret({ certificate: 'nonsense', privateKey: 'nonsense' });
  t.is(await serving(), 'DNS:shop.example, DNS:second.example');
  t.is((await gateway.problems('Secret default/shop')).length > 0, true);
});

test.serial('a good pair afterwards serves', async (t) => {
  await secret(third);
  t.is(await serving(), 'DNS:shop.example, DNS:third.example');
  t.deepEqual(await gateway.problems('Secret default/shop'), []);
});
