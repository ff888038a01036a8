import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { host, listener, mapping } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    mapping('all', a.port, 'prefix: /all/'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

test.serial(
  'without any Host every name is served over TLS, with a self-signed certificate, and cleartext is redirected to it',
  async (t) => {
    const clear = await gateway.ask({ path: '/all/?q=1', host: 'whatever.example' });
    t.is(clear.status, 301);
    t.is(clear.headers.location, 'https://whatever.example/all/?q=1');
    const secure = await gateway.ask({ path: '/all/', sni: 'whatever.example' });
    t.is(secure.status, 200);
    t.truthy(secure.certificate);
  },
);

test.serial('the first Host takes its place', async (t) => {
  await gateway.apply(
    'host.yaml',
    host('only.example', 'requestPolicy: { insecure: { action: Route } }'),
  );
  t.is((await gateway.ask({ path: '/all/', host: 'only.example' })).status, 200);
  t.is((await gateway.ask({ path: '/all/', host: 'other.example' })).status, 404);
  await t.throwsAsync(gateway.ask({ path: '/all/', sni: 'only.example' }));
});
