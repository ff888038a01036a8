import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { ownNetwork } from '../../_support/process/own-network.ts';
import { mapping, openHost, service, slice } from '../../_support/world/routing-manifests.ts';

const test = ownNetwork(import.meta.url, { addresses: ['169.254.169.254'] });

let gateway: Gateway;
let backends: readonly Awaited<ReturnType<typeof startBackend>>[];

test.before(async () => {
  backends = await Promise.all(
    [
      { name: 'web', host: '10.77.0.1', port: 8080 },
      { name: 'sidecar', host: '127.0.0.1', port: 8080 },
      { name: 'metadata', host: '169.254.169.254', port: 8080 },
    ].map(startBackend),
  );
  gateway = await aGateway(
    (ports) => openHost(ports) + mapping('web', '10.77.0.1:8080', 'prefix: /web/'),
    ['--allow-addresses', 'none'],
  );
});
test.after.always(async () => {
  await gateway.stop();
  await Promise.all(backends.map(({ close }) => close()));
});

/** Everything that an attacker would write for this machine, and for the metadata service. */
const attacks: Readonly<Record<string, string>> = {
  address: '127.0.0.1:8080',
  any: '0.0.0.0:8080',
  mapped: '[::ffff:127.0.0.1]:8080',
  name: 'localhost:8080',
  subdomain: 'a.localhost:8080',
  short: '127.1:8080',
  hexadecimal: '0x7f.1:8080',
  number: '2130706433:8080',
  octal: '0177.0.0.1:8080',
  dot: 'localhost.:8080',
  metadata: '169.254.169.254:8080',
};

for (const [name, target] of Object.entries(attacks))
  test.serial(`a Mapping to ${target} leads nowhere, and says why`, async (t) => {
    await gateway.apply(
      'attack.yaml',
      mapping(name, target, 'prefix: /attack/, host_rewrite: 127.0.0.1'),
    );
    t.is((await gateway.ask({ path: '/attack/' })).status, 404);
    const [problem] = await gateway.problems(`Mapping default/${name}`);
    t.like(problem, { problem: 'InvalidField', field: 'spec.service' });
    t.is((await gateway.ask({ path: '/web/' })).said.service, 'web');
  });

test.serial('an address of this machine in a slice is not asked', async (t) => {
  await gateway.apply(
    'slices.yaml',
    service('mixed') +
      slice(
        'mixed-1',
        'mixed',
        'ports: [{ port: 8080 }]\nendpoints: [{ addresses: [127.0.0.1] }, { addresses: [10.77.0.1] }]',
      ) +
      mapping('mixed', 'mixed:80', 'prefix: /mixed/, resolver: endpoint'),
  );
  for (let times = 0; times < 10; times++)
    t.is((await gateway.ask({ path: '/mixed/' })).said.service, 'web');
  const [problem] = await gateway.problems('EndpointSlice default/mixed-1');
  t.like(problem, { problem: 'InvalidField', field: 'endpoints[0].addresses[0]' });
});
