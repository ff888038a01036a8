import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { host, listener, mapping, moduleOf } from '../../_support/world/routing-manifests.ts';

const gateway = await aGateway(
  ({ http }) =>
    listener('http', http) +
    host('open.example') +
    host('secure.example', '', 'name: secure') +
    mapping('all', '127.0.0.1:9', 'prefix: /'),
);
test.after.always(gateway.stop);

const [alive, ready] = ['/ambassador/v0/check_alive', '/ambassador/v0/check_ready'] as const;

const statuses = async (path: string): Promise<readonly number[]> => {
  const asked = ['open.example', 'secure.example', '192.0.2.1'].map(
    async (name) => (await gateway.ask({ host: name, path })).status,
  );
  return await Promise.all(asked);
};

test.serial(
  'without a Module the gateway says for any Host that it is alive and ready',
  async (t) => {
    t.deepEqual(await statuses(alive), [200, 200, 200]);
    t.deepEqual(await statuses(ready), [200, 200, 200]);
    t.deepEqual(await statuses('/ambassador/v0/diag/'), [503, 301, 404]);
  },
);

test.serial('a probe can have another path, or be off', async (t) => {
  await gateway.apply(
    'module.yaml',
    moduleOf('liveness_probe: { prefix: /well }, readiness_probe: { enabled: false }'),
  );
  t.deepEqual(await statuses('/well'), [200, 200, 200]);
  t.deepEqual(await statuses(alive), [503, 301, 404]);
  t.deepEqual(await statuses(ready), [503, 301, 404]);
  t.deepEqual(await gateway.problems('Module default/ambassador'), []);
  await gateway.remove('module.yaml');
  t.deepEqual(await statuses(alive), [200, 200, 200]);
});

test.serial('an Envoy that is being drained says so', async (t) => {
  await gateway.envoy.post('/healthcheck/fail');
  t.deepEqual(await statuses(ready), [503, 503, 503]);
  await gateway.envoy.post('/healthcheck/ok');
  t.deepEqual(await statuses(ready), [200, 200, 200]);
});

test.serial(
  'of diagnostics, and services that would be asked, it is said that nobody is',
  async (t) => {
    await gateway.apply(
      'module.yaml',
      moduleOf("diagnostics: { enabled: true }, readiness_probe: { service: 'web:80' }"),
    );
    t.like(await gateway.problems('Module default/ambassador'), [
      { problem: 'Note', field: 'spec.config.readiness_probe.service' },
      { problem: 'Note', field: 'spec.config.diagnostics' },
    ]);
    await gateway.apply('module.yaml', moduleOf('diagnostics: { enabled: false }'));
    t.deepEqual(await gateway.problems('Module default/ambassador'), []);
  },
);
