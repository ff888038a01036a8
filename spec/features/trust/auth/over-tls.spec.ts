import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const signedBy = ({ sign }: typeof known) => sign({ names: ['auth.example'] });

const [backend, server] = [
  await startBackend({ name: 'shop', port: 0 }),
  await startHttpAuthServer(signedBy(known)),
];
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('shop', backend.port, "prefix: /, rewrite: ''") +
    tlsContext('strict', 'ca_secret: ca, sni: auth.example') +
    authService('auth', server.port, 'tls: strict'),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([backend.close(), server.kill()]);
});

const status = async () =>
  (await gateway.ask({ path: '/a', headers: { authorization: 'good' } })).status;

test.serial('nothing passes as long as the authority of the service is not there', async (t) => {
  t.is(await status(), 503);
});

test.serial(
  'a service with a certificate of the authority of its TLSContext is asked',
  async (t) => {
    await gateway.apply('ca.yaml', opaqueSecret('ca', { 'tls.crt': known.certificate }));
    t.is(await status(), 200);
  },
);

test.serial(
  'one that takes another certificate of it goes on, one of another authority does not',
  async (t) => {
    await server.restart(signedBy(known));
    t.is(await status(), 200);
    await server.restart(signedBy(other));
    t.is(await status(), 403);
    await gateway.apply('ca.yaml', opaqueSecret('ca', { 'tls.crt': other.certificate }));
    t.is(await status(), 200);
  },
);
