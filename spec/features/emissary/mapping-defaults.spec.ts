import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import {
  mapping,
  moduleOf,
  openHost,
  service,
  slice,
} from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    service('web') +
    slice('web-1', 'web', `ports: [{ port: ${a.port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`) +
    mapping('bare', a.port, 'prefix: /bare/') +
    mapping(
      'own',
      a.port,
      'prefix: /own/, timeout_ms: 4000, add_response_headers: { x-own: { value: own } }',
    ) +
    mapping('found', 'web', 'prefix: /found/'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const module = async (config: string): Promise<void> =>
  await gateway.apply('module.yaml', moduleOf(config));

test.serial(
  'what a Module says counts for Mappings that say nothing, and edits are hot',
  async (t) => {
    await module(
      'cluster_request_timeout_ms: 200, defaults: { httpmapping: { add_response_headers: { x-common: one } } }',
    );
    const { Listener: before, FilterChain: _, ...others } = await gateway.pushes();
    t.is((await gateway.ask({ path: '/bare/' })).headers['x-common'], 'one');
    t.is((await gateway.ask({ path: '/bare/slow/1000' })).status, 504);
    const own = await gateway.ask({ path: '/own/slow/1000' });
    t.deepEqual(
      [own.status, own.headers['x-own'], own.headers['x-common']],
      [200, 'own', undefined],
    );

    await module('defaults: { httpmapping: { add_response_headers: { x-common: two } } }');
    t.is((await gateway.ask({ path: '/bare/slow/1000' })).headers['x-common'], 'two');
    const { Listener: after, Cluster } = await gateway.pushes();
    t.is(after, before);
    t.is(Cluster, others['Cluster']);
  },
);

test.serial('the resolver of a Module is that of Mappings without one', async (t) => {
  await module('resolver: endpoint, load_balancer: { policy: least_request }');
  t.is((await gateway.ask({ path: '/found/' })).said.service, 'a');
  t.is((await gateway.ask({ path: '/bare/' })).said.service, 'a');
  t.deepEqual(await gateway.problems('Mapping default/bare'), []);
});

test.serial('a header with a command of Envoy in a Module is told its owner alone', async (t) => {
  await module('defaults: { add_response_headers: { x-common: "%ENVIRONMENT(HOME)%" } }');
  const { status, headers } = await gateway.ask({ path: '/bare/' });
  t.deepEqual([status, headers['x-common']], [200, undefined]);
  const [problem] = await gateway.problems('Module default/ambassador');
  t.is(problem?.field, 'spec.config.defaults.add_response_headers.x-common.value');
});
