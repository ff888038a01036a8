import test, { type ExecutionContext } from 'ava';

import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  caughtUp,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { taking } from '../_support/process/taken-port.ts';
import { aListener, aRoute } from '../_support/world/steady-world.ts';
import { aWebWorld } from '../_support/world/web-world.ts';

test.beforeEach((t) => t.timeout(300_000));

/** A gateway with the Listeners `http` and `other`, and a route. */
const aWorld = async (t: ExecutionContext) => {
  const { place, folder, ports } = await aWebWorld(t);
  folder.write('other.yaml', [aListener('other', ports.other, 'HTTP')]);
  return {
    ...{ place, folder, ports },
    answers: async (port: number): Promise<number | undefined> =>
      await ask({ port, path: '/web/' }).then(
        ({ status }) => status,
        () => undefined,
      ),
  };
};

const taken = (port: number) => ({
  problem: 'PortUnavailable',
  field: 'spec.port',
  message: `Envoy cannot listen on 0.0.0.0:${port}: Address already in use; it is tried again`,
});

/** The problems of the Listener `other`. */
const problemsOf = async (headgate: Headgate) =>
  (await headgate.problems().catch(() => [])).filter(
    ({ object }) => object === 'Listener default/other',
  );

const isSaid = async (headgate: Headgate): Promise<boolean> =>
  (await problemsOf(headgate)).length > 0;

const readyPage = async (headgate: Headgate) => {
  const response = await headgate.get('/ambassador/v0/check_ready');
  return { status: response.status, text: await response.text() };
};

test('a port that is taken at the start is waited for, and served as soon as it is free', async (t) => {
  const { place, ports, answers } = await aWorld(t);
  const release = await taking(t, ports.other);
  const headgate = startHeadgate(t, place);
  await eventually('the problem is said', async () => await isSaid(headgate));
  t.like(await problemsOf(headgate), [taken(ports.other)]);
  await eventually('the other port serves', async () => (await answers(ports.http)) === 200);
  t.deepEqual(await readyPage(headgate), {
    status: 503,
    text: `not ready: Envoy cannot bind listener-${ports.other} yet\n`,
  });

  await release();
  await eventually('it is served', async () => (await answers(ports.other)) === 200);
  await settled(headgate);
  t.deepEqual(await problemsOf(headgate), []);
  t.is(await answers(ports.http), 200);
});

test('a port that is taken while Envoy is started again is said, and served when it is free', async (t) => {
  const { place, ports, answers } = await aWorld(t);
  const headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await answers(ports.other), 200);

  const envoy = place.envoy();
  process.kill(headgate.pid, 'SIGSTOP');
  process.kill(envoy, 'SIGKILL');
  await eventually('Envoy is gone', async () => (await answers(ports.other)) === undefined);
  const release = await taking(t, ports.other);
  process.kill(headgate.pid, 'SIGCONT');
  await eventually('the problem is said', async () => await isSaid(headgate));
  t.like(await problemsOf(headgate), [taken(ports.other)]);
  await eventually('the other port serves', async () => (await answers(ports.http)) === 200);
  t.is((await readyPage(headgate)).status, 503);

  await release();
  await eventually('it is served', async () => (await answers(ports.other)) === 200);
  await settled(headgate);
  t.deepEqual(await problemsOf(headgate), []);
});

test('a new Listener whose port is taken does not make a gateway unready that serves', async (t) => {
  const { place, folder, ports, answers } = await aWorld(t);
  folder.remove('other.yaml');
  const headgate = startHeadgate(t, place);
  await settled(headgate);
  const release = await taking(t, ports.other);
  folder.write('other.yaml', [aListener('other', ports.other, 'HTTP')]);
  await eventually('the problem is said', async () => await isSaid(headgate));
  t.deepEqual(await readyPage(headgate), { status: 200, text: 'ready\n' });

  folder.write('route.yaml', [aRoute('web', `127.0.0.1:${ports.two}`)]);
  await caughtUp(headgate, place);
  const answer = await ask({ port: ports.http, path: '/web/' });
  t.is(answer.headers['x-service'], 'two', 'changes go on');
  t.like(await problemsOf(headgate), [taken(ports.other)]);

  await release();
  await eventually('it is served', async () => (await answers(ports.other)) === 200);
  await eventually('the problem is gone', async () => !(await isSaid(headgate)));
});
