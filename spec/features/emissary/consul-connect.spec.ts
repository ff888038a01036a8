import test from 'ava';

import { register } from '../../_support/consul/a-consul.ts';
import { consulResolver } from '../../_support/consul/consul-manifests.ts';
import { startStandIn } from '../../_support/consul/stand-in.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startSecureBackend, type SeenConnection } from '../../_support/envoy/secure-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { tlsContext } from '../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import { mapping, openHost, tlsSecret } from '../../_support/world/routing-manifests.ts';

/** The CA of Connect; its certificates have a URI and no name of a host. */
const connect = anAuthority('Consul CA');
const service = (name: string) =>
  connect.sign({ names: [`spiffe://11111111.consul/ns/default/dc/dc1/svc/${name}`] });

/** The Secret as the program beside Emissary writes it: the certificate, behind it its CA, and the key. */
const connectSecret = (name: string): string => {
  const { certificate, privateKey } = service(name);
  return tlsSecret('ambassador-consul-connect', {
    certificate: certificate + connect.certificate,
    privateKey,
  });
};

const consul = await startStandIn();
const sidecar = await startSecureBackend(service('billing'));
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), consul.stop(), sidecar.close()]);
});

const client = async (): Promise<string | undefined> => {
  const { status, body } = await gateway.ask({ path: '/billing/' });
  return status === 200 ? (JSON.parse(body) as SeenConnection).client : String(status);
};

test('the certificate that Connect issues is shown to sidecars, and so is the next one', async (t) => {
  await register(consul, { id: 'billing-1', name: 'billing-sidecar-proxy', port: sidecar.port });
  await gateway.apply('secret.yaml', connectSecret('ambassador'));
  await gateway.apply(
    'billing.yaml',
    consulResolver('dc1', consul.address) +
      tlsContext('ambassador-consul', 'hosts: [], secret: ambassador-consul-connect') +
      mapping(
        'billing',
        'billing-sidecar-proxy',
        'prefix: /billing/, resolver: dc1, tls: ambassador-consul',
      ),
  );
  const of = (name: string) => `URI:spiffe://11111111.consul/ns/default/dc/dc1/svc/${name}`;
  await eventually('it is shown', async () => (await client()) === of('ambassador'));
  await gateway.apply('secret.yaml', connectSecret('renewed'));
  await eventually('the next one is shown', async () => (await client()) === of('renewed'));
  t.deepEqual(await gateway.problems('TLSContext default/ambassador-consul'), []);
  t.deepEqual(await gateway.problems('Mapping default/billing'), []);
});
