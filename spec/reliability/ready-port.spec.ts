import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { ask, type Question } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Headgate,
  type Place,
} from '../_support/process/headgate-process.ts';
import { aFolderOf, aHost, aListener, aRoute, startPorts } from '../_support/world/steady-world.ts';

test.beforeEach((t) => t.timeout(300_000));

const goesOn = 'ready: the control plane does not answer, Envoy goes on\n';
const checkReady = '/ambassador/v0/check_ready';

/** A folder with a route, a place to run on it and the ports. */
const aWorld = async (t: ExecutionContext) => {
  const [place, ports] = [aPlace(t), await startPorts(t)];
  const folder = aFolderOf(place.manifests);
  folder.write('listener.yaml', [aListener('http', ports.http, 'HTTP')]);
  folder.write('host.yaml', [aHost('all', '*')]);
  folder.write('route.yaml', [aRoute('web', `127.0.0.1:${ports.one}`)]);
  const [ready, admin] = [await freePort(), await freePort()];
  return {
    place,
    web: ports.http,
    /** What Envoy's ready port answers; `refused` when nobody listens. */
    probe: async (question: Partial<Question> = {}) =>
      await ask({ port: ready, path: '/ready', ...question }).then(
        ({ status, body }) => ({ status, body }),
        () => 'refused' as const,
      ),
    /** Waits for an answer of the ready port; when the machine is busy Envoy may say another before. */
    answers: async (status: number, body: string, path = '/ready'): Promise<void> =>
      await eventually(`${status} ${body}`, async () => {
        const answer = await ask({ port: ready, path });
        return answer.status === status && answer.body === body;
      }),
    serves: async (): Promise<boolean> =>
      (await ask({ port: ports.http, path: '/web/' })).status === 200,
    start: (more: readonly string[] = [], kubeconfig?: string): Headgate =>
      startHeadgate(t, kubeconfig === undefined ? place : { state: place.state, kubeconfig }, [
        ...['--admin-address', `127.0.0.1:${admin}`],
        ...['--envoy-ready-address', `127.0.0.1:${ready}`, ...more],
      ]),
  };
};

test('the ready port says what the control plane says, and yes when that is killed or hangs', async (t) => {
  const { probe, answers, serves, start, place } = await aWorld(t);
  const first = start();
  await eventually('it is ready', async () => statusOf(await probe()) === 200);
  t.true(await serves(), 'from the first yes on requests are served');
  const envoy = place.envoy();
  await answers(200, 'ready\n');
  await answers(200, 'ready\n', checkReady);
  t.deepEqual(await probe({ method: 'HEAD' }), { status: 200, body: '' });

  process.kill(first.pid, 'SIGSTOP');
  await answers(200, goesOn);
  process.kill(first.pid, 'SIGCONT');
  await answers(200, 'ready\n');

  await first.end('SIGKILL');
  t.deepEqual(await probe(), { status: 200, body: goesOn });
  t.true(await serves());

  const second = start(['--drain-delay', '3600']);
  await settled(second);
  t.is(place.envoy(), envoy);
  await answers(200, 'ready\n');

  process.kill(second.pid, 'SIGTERM');
  await answers(503, 'not ready: stopping\n');
  t.true(await serves());
  t.is(await second.end('SIGTERM'), 0);
  t.is(await probe(), 'refused');
});

test('nothing but the one page can be reached through the ready port', async (t) => {
  const { probe, start } = await aWorld(t);
  await settled(start());
  const paths = [
    ...['/', '/debug', '/debug/ir', '/metrics', '/ambassador/v0/check_alive', '/READY', '/ready/'],
    ...['/ready/../debug/ir', '/ready/%2e%2e/debug/ir', '/x/../ready', '//ready', '/ready%00'],
    ...[`${checkReady}/../../../debug/ir`, `${checkReady};/debug/ir`, '/ready?/../debug/ir'],
  ];
  for (const path of paths) t.is(statusOf(await probe({ path })), 404, path);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])
    t.is(statusOf(await probe({ method })), 404, method);
  t.is(statusOf(await probe({ headers: { connection: 'upgrade', upgrade: 'websocket' } })), 403);
});

test('an Envoy that has as many clients as it may have is ready', async (t) => {
  const { answers, start, serves, web } = await aWorld(t);
  await settled(start(['--envoy-max-connections', '1']));
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  t.is((await ask({ port: web, path: '/web/', agent })).status, 200);

  await t.throwsAsync(serves, { message: /socket hang up|ECONNRESET/ });
  await answers(200, 'ready\n');
});

test('an Envoy that is drained is not ready, also without a control plane', async (t) => {
  const { probe, start, place } = await aWorld(t);
  const headgate = start();
  await settled(headgate);
  await headgate.end('SIGKILL');
  t.deepEqual(await probe(), { status: 200, body: goesOn });

  await place.admin.post('/healthcheck/fail');
  t.is(statusOf(await probe()), 503);
  await place.admin.post('/drain_listeners');
  await eventually('nobody listens', async () => (await probe()) === 'refused');
});

test('an Envoy without its first configuration is not ready, with or without a control plane', async (t) => {
  const { probe, start, place } = await aWorld(t);
  const kubeconfig = join(place.state, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOf(await freePort()));
  const headgate = start([], kubeconfig);
  await eventually('Envoy asks', async () => (await streamsOf(headgate)) === 1);
  t.is((await headgate.get(checkReady)).status, 503);
  t.is(await probe(), 'refused');

  await headgate.end('SIGKILL');
  await eventually('Envoy looks for a control plane', async () => (await failures(place)) > 2);
  t.not((await place.admin.serverInfo()).state, 'LIVE');
  t.is(await probe(), 'refused');
});

/** A cluster whose API server is not there. */
const kubeconfigOf = (port: number): string => `apiVersion: v1
kind: Config
clusters: [{ name: none, cluster: { server: 'http://127.0.0.1:${port}' } }]
users: [{ name: none, user: {} }]
contexts: [{ name: none, context: { cluster: none, user: none } }]
current-context: none
`;

const streamsOf = async (headgate: Headgate): Promise<number> =>
  await headgate.streams().then(
    ({ length }) => length,
    () => 0,
  );

const failures = async ({ admin }: Place): Promise<number> =>
  [...(await admin.stats('headgate-control-plane.upstream_cx_connect_fail')).values()][0] ?? 0;

const statusOf = (answer: { readonly status: number } | 'refused'): number =>
  answer === 'refused' ? 0 : answer.status;
