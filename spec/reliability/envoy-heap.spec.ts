import test, { type ExecutionContext } from 'ava';

import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { aFolderOf, aHost, aListener, aRoute, startPorts } from '../_support/world/steady-world.ts';

test.beforeEach((t) => t.timeout(300_000));

/** Runs an Envoy whose heap may have so many mebibytes; one that does nothing has 6 to 8. */
const withHeap = async (t: ExecutionContext, mebibytes: number) => {
  const place = aPlace(t);
  const [ports, ready, admin] = [await startPorts(t), await freePort(), await freePort()];
  const folder = aFolderOf(place.manifests);
  folder.write('listener.yaml', [aListener('http', ports.http, 'HTTP')]);
  folder.write('host.yaml', [aHost('all', '*')]);
  folder.write('route.yaml', [aRoute('web', `127.0.0.1:${ports.one}`)]);
  const headgate = startHeadgate(t, place, [
    ...['--envoy-max-heap', String(mebibytes), '--admin-address', `127.0.0.1:${admin}`],
    ...['--envoy-ready-address', `127.0.0.1:${ready}`],
  ]);
  await settled(headgate);
  return {
    request: async () => await ask({ port: ports.http, path: '/web/' }),
    probe: async () => await ask({ port: ready, path: '/ready' }),
    overload: async (name: string): Promise<number> =>
      (await place.admin.stats('^overload\\.')).get(`overload.envoy.${name}`) ?? -1,
  };
};

const pressure = 'resource_monitors.fixed_heap.pressure';
const actions = ['disable_http_keepalive', 'shrink_heap', 'stop_accepting_requests'];

test('Envoy watches its heap, and serves as long as there is room', async (t) => {
  const { request, probe, overload } = await withHeap(t, 32);
  await eventually('Envoy has looked', async () => (await overload(pressure)) > 0);

  const percent = await overload(pressure);
  t.true(percent > 10 && percent < 90, `${percent} %`);
  for (const action of actions) t.is(await overload(`overload_actions.${action}.active`), 0);
  t.is((await request()).status, 200);
  t.is((await probe()).status, 200);
});

test('an Envoy whose heap is full refuses requests, and says that it is not ready', async (t) => {
  const { request, probe, overload } = await withHeap(t, 4);
  await eventually('Envoy has looked', async () => (await overload(pressure)) > 0);

  for (const action of actions) t.is(await overload(`overload_actions.${action}.active`), 1);
  t.is((await request()).status, 503);
  t.is((await probe()).status, 503);
});
