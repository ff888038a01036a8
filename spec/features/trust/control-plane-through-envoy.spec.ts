import { lstatSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { debugPages } from '../../../src/edge/admin/debug-server.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { aPlace, settled, startHeadgate } from '../../_support/process/headgate-process.ts';
import { host, mapping, openHost } from '../../_support/world/routing-manifests.ts';

/** Ways to name the machine that Envoy and the control plane are on; the first two are resolved. */
const thisMachine = ['localhost', 'LocalHost', '127.0.0.1', '0.0.0.0'];

let gateway: Gateway;

test.before(async () => {
  gateway = await aGateway((ports) => openHost(ports) + host('neighbour.example'));
  await gateway.apply(
    'attack.yaml',
    thisMachine
      .map((name, i) =>
        mapping(
          `attack-${i}`,
          `${name}:${gateway.adminPort}`,
          `prefix: /${i}/, rewrite: /, host_rewrite: 127.0.0.1`,
        ),
      )
      .join(''),
  );
});
test.after.always(async () => {
  await gateway.stop();
});

for (const [i, name] of thisMachine.entries())
  test(`through Envoy nobody reads the debug pages at ${name}`, async (t) => {
    t.regex((await gateway.ask({ path: `/${i}/metrics` })).body, /^headgate_pushes_total/m);
    for (const path of ['debug', 'debug/', ...debugPages.map((page) => `debug/${page}`)]) {
      const { status, body } = await gateway.ask({ path: `/${i}/${path}` });
      t.deepEqual({ status, body }, { status: 404, body: 'not found\n' }, path);
    }
  });

test('no Mapping leads to a unix socket', async (t) => {
  for (const service of [
    'unix:/run/debug.sock',
    'unix:///run/debug.sock',
    '/run/debug.sock',
    '@x',
  ]) {
    await gateway.apply('socket.yaml', mapping('socket', service, 'prefix: /socket/'));
    const [problem] = await gateway.problems('Mapping default/socket');
    t.is(problem?.problem, 'InvalidField', service);
  }
});

test('what the Envoy of Headgate listens on for itself are unix sockets in a folder of one user', async (t) => {
  const place = aPlace(t);
  await settled(startHeadgate(t, place));
  const bootstrap = JSON.stringify(await place.admin.configDump('?mask=bootstrap'));
  t.regex(bootstrap, /ads\.sock/);
  t.notRegex(bootstrap, /socket_address/);
  t.is(lstatSync(place.state).mode & 0o777, 0o700);
  for (const name of ['ads.sock', 'debug.sock', 'envoy-admin.sock'])
    t.true(lstatSync(join(place.state, name)).isSocket(), name);
});
