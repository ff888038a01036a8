import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:http2';

import test from 'ava';

import { startBalancedLoad } from '../_support/envoy/balanced-load.ts';
import { startHeldBackend } from '../_support/envoy/held-backend.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { aFolderOf, aRoute, startPorts, writeWorld } from '../_support/world/steady-world.ts';

test.beforeEach((t) => t.timeout(300_000));

const said = async (headgate: Headgate, words: string): Promise<void> =>
  await eventually(`the log says ${words}`, () =>
    headgate.lines.some((line) => line.includes(words)),
  );

/** The places of these words in the log, in the order given. */
const order = ({ lines }: Headgate, words: readonly string[]): readonly number[] =>
  words.map((word) => lines.findIndex((line) => line.includes(word)));

const get = async (url: string, agent: Agent): Promise<IncomingMessage> => {
  const outgoing = request(url, { agent });
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.resume();
  await once(incoming, 'end');
  return incoming;
};

test('no request fails when a load balancer has time to notice, and configuration flows on', async (t) => {
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  const backend = await startHeldBackend(t);
  folder.write('long.yaml', [aRoute('long', `127.0.0.1:${backend.port}`, { timeout_ms: 0 })]);
  const headgate = startHeadgate(t, place, ['--drain-delay', '15', '--drain-time', '300']);
  await settled(headgate);
  const web = `http://127.0.0.1:${ports.http}`;
  const load = startBalancedLoad(t, `${web}/untouched/`, headgate.isReady);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const session = connect(`https://127.0.0.1:${ports.https}`, { rejectUnauthorized: false });
  const goAway = once(session, 'goaway');
  await eventually('requests are sent', () => load.sent() > 300);

  const slow = fetch(`${web}/long/`);
  await eventually('a request is under way', () => backend.held() === 1);
  const ended = headgate.end('SIGTERM');
  await eventually('it is not ready', async () => !(await headgate.isReady()));
  t.is(await (await headgate.get('/ambassador/v0/check_ready')).text(), 'not ready: stopping\n');
  t.is((await headgate.get('/ambassador/v0/check_alive')).status, 200);
  t.not((await get(`${web}/untouched/`, agent)).headers.connection, 'close');
  folder.write('late.yaml', [aRoute('late', `127.0.0.1:${ports.one}`)]);
  await eventually('a change is served', async () => (await fetch(`${web}/late/`)).status === 200);

  await said(headgate, 'draining Envoy');
  await eventually(
    'Envoy drains',
    async () => (await place.admin.serverInfo()).state === 'DRAINING',
  );
  t.is((await get(`${web}/untouched/`, agent)).headers.connection, 'close');
  const stream = session.request({ ':path': '/untouched/' }).resume();
  t.is(((await once(stream, 'response')) as [{ ':status': number }])[0][':status'], 200);
  await goAway;
  backend.release();
  t.is((await slow).status, 200);

  t.is(await ended, 0);
  t.is(place.envoy(), 0);
  const { sent, failures } = await load.stop();
  t.log(`${sent} requests, ${failures.length} failed`);
  t.deepEqual(failures, []);
  const found = order(headgate, [
    ...['SIGTERM: stopping', 'not ready any more', 'draining Envoy', 'an Envoy disconnected'],
  ]);
  t.deepEqual(
    found,
    found.toSorted((a, b) => a - b),
    headgate.lines.join('\n'),
  );
  t.false(found.includes(-1), headgate.lines.join('\n'));
});

test('a second signal does not wait for load balancers', async (t) => {
  const place = aPlace(t);
  await writeWorld(aFolderOf(place.manifests), await startPorts(t));
  const headgate = startHeadgate(t, place, ['--drain-delay', '3600', '--drain-time', '3600']);
  await settled(headgate);

  const ended = headgate.end('SIGTERM');
  await said(headgate, 'going on for 3600 s');
  t.is(await headgate.end('SIGTERM'), 0);
  await ended;
  t.is(place.envoy(), 0);
});
