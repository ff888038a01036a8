import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const certificate = await aCertificate('*.example');
const policy = (action: string): string =>
  host(
    `${action.toLowerCase()}.example`,
    `tlsSecret: { name: tls }, requestPolicy: { insecure: { action: ${action} } }`,
  );
/** The base serves both ports; each test says what the Listener `other` is. */
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('tls', certificate) +
    policy('Route') +
    policy('Redirect') +
    policy('Reject') +
    mapping('all', a.port, 'prefix: /') +
    mapping('acme', a.port, 'prefix: /.well-known/acme-challenge/'),
);
const { http, other } = gateway.ports;
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

/** The statuses of a request to the Hosts that Route, Redirect and Reject what is not secure. */
const statuses = async (port: number, headers = {}, tls = false): Promise<readonly number[]> => {
  const answers = ['route.example', 'redirect.example', 'reject.example'].map(
    async (name) => await gateway.ask({ port, headers, host: name, ...(tls && { sni: name }) }),
  );
  return (await Promise.all(answers)).map(({ status }) => status);
};

test.serial(
  'XFP: cleartext is not secure and gets what its Host says, TLS is served',
  async (t) => {
    t.deepEqual(await statuses(http), [200, 301, 404]);
    t.deepEqual(await statuses(gateway.ports.https, {}, true), [200, 200, 200]);
  },
);

test.serial('XFP: without l7Depth a client cannot claim to be secure', async (t) => {
  const claim = { 'x-forwarded-proto': 'https' };
  t.deepEqual(await statuses(http, claim), [200, 301, 404]);
});

test.serial('XFP: with l7Depth the proxy in front says what is secure', async (t) => {
  await gateway.apply('other.yaml', listener('other', other, { more: 'l7Depth: 1' }));
  const claim = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };
  t.deepEqual(await statuses(other, claim), [200, 200, 200]);
  t.deepEqual(await statuses(other, { ...claim, 'x-forwarded-proto': 'http' }), [200, 301, 404]);
});

test.serial('SECURE: everything is served', async (t) => {
  await gateway.apply('other.yaml', listener('other', other, { securityModel: 'SECURE' }));
  t.deepEqual(await statuses(other), [200, 200, 200]);
});

test.serial('INSECURE: everything gets what its Host says, TLS too', async (t) => {
  const model = { securityModel: 'INSECURE' };
  await gateway.apply('other.yaml', listener('other', other, model));
  t.deepEqual(await statuses(other), [200, 301, 404]);

  await gateway.apply('other.yaml', listener('other', other, { ...model, protocol: 'HTTPS' }));
  t.deepEqual(await statuses(other, {}, true), [200, 301, 404]);
});

test.serial(
  'the challenge of a certificate authority is served in cleartext all the same',
  async (t) => {
    const path = '/.well-known/acme-challenge/token';
    t.is((await gateway.ask({ host: 'redirect.example', path })).status, 200);
    t.is((await gateway.ask({ host: 'reject.example', path })).status, 200);
  },
);

test.serial('a path that no Mapping has is not redirected', async (t) => {
  await gateway.apply(
    'narrow.yaml',
    host('narrow.example', 'mappingSelector: { matchLabels: { a: b } }'),
  );
  t.is((await gateway.ask({ host: 'narrow.example' })).status, 404);
});
