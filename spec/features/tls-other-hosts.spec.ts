import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../_support/envoy/a-gateway.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const wide = await aCertificate('*.example.com');
const own = await aCertificate('own.example.com');

/** A wildcard Host around one with a certificate of its own and some that must refuse TLS. */
const manifests = (tlsLayout: 'chains' | 'on-demand') => (ports: Gateway['ports']) =>
  listener('http', ports.http) +
  listener('https', ports.https, { protocol: 'HTTPS', tlsLayout }) +
  tlsSecret('wide', wide) +
  tlsSecret('own', own) +
  host('*.example.com', 'tlsSecret: { name: wide }') +
  host('own.example.com', 'tlsSecret: { name: own }, mappingSelector: { matchLabels: { a: b } }') +
  host('mtls.example.com', 'tlsSecret: { name: wide }, tls: { cert_required: true }') +
  host('twice.example.com', 'tlsSecret: { name: wide }', 'name: twice-a') +
  host(
    'twice.example.com',
    'tlsSecret: { name: wide }, tls: { cert_required: true }',
    'name: twice-b',
  ) +
  host('missing.example.com', 'tlsSecret: { name: nowhere }') +
  host('*.deep.example.com', 'tlsSecret: { name: nowhere }') +
  mapping('all', backend.port, 'prefix: /, hostname: "*.example.com"') +
  ['own', 'mtls', 'twice', 'missing', 'in.deep']
    .map((name) => mapping(name, backend.port, `prefix: /, hostname: ${name}.example.com`))
    .join('');

const chains = await aGateway(manifests('chains'));
const onDemand = await aGateway(manifests('on-demand'));
test.after.always(async () => {
  await Promise.all([chains.stop(), onDemand.stop(), backend.close()]);
});

const inBothLayouts = (
  title: string,
  body: (t: ExecutionContext, gateway: Gateway) => Promise<void>,
): void => {
  test(`${title} (a chain for each)`, async (t) => await body(t, chains));
  test(`${title} (certificates on demand)`, async (t) => await body(t, onDemand));
};

const refused = ['mtls', 'twice', 'missing', 'in.deep'].map((name) => `${name}.example.com`);

inBothLayouts('a Host that must refuse TLS refuses its own name', async (t, gateway) => {
  for (const name of refused) await t.throwsAsync(gateway.ask({ sni: name }), undefined, name);
});

inBothLayouts('nor is it reached on a connection for a wider Host', async (t, gateway) => {
  for (const name of refused)
    for (const written of [name, name.toUpperCase(), `${name}:8443`])
      t.is((await gateway.ask({ sni: 'b.example.com', host: written })).status, 421, written);
});

inBothLayouts('a Host of its own is not reached there either', async (t, gateway) => {
  const ask = async (sni: string, name: string): Promise<number> =>
    (await gateway.ask({ sni, host: name })).status;
  t.is(await ask('b.example.com', 'own.example.com'), 421);
  t.is(await ask('own.example.com', 'own.example.com'), 404);
  t.is(await ask('b.example.com', 'c.example.com'), 200);
});
