import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  caughtUp,
  settled,
  startHeadgate,
  type Headgate,
  type Place,
} from '../_support/process/headgate-process.ts';
import { aFolderOf, aRoute, startPorts, writeWorld } from '../_support/world/steady-world.ts';

/** The next control plane on the same state folder. */
const afterDeath = async (
  t: Parameters<typeof startHeadgate>[0],
  headgate: Headgate,
  place: Place,
): Promise<Headgate> => {
  await headgate.end('SIGKILL');
  const next = startHeadgate(t, place);
  await settled(next);
  return next;
};

const problemsOf = async (headgate: Headgate): Promise<readonly string[]> =>
  (await headgate.problems())
    .filter(({ object = '' }) => !object.includes('/mark-'))
    .map(({ problem, object = '' }) => `${problem} ${object}`.trim())
    .sort();

test('the last good versions of objects outlive the control plane and the Envoy', async (t) => {
  t.timeout(300_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  const [one, two] = [`127.0.0.1:${ports.one}`, `127.0.0.1:${ports.two}`];
  const answer = async (path: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${ports.http}/${path}/`);
    return `${response.status} ${response.headers.get('x-service')}`;
  };
  await writeWorld(folder, ports);
  const names = ['invalid', 'unreadable', 'deleted', 'corrected', 'moved'];
  for (const name of names) folder.write(`${name}.yaml`, [aRoute(name, one)]);
  let headgate = startHeadgate(t, place);
  await settled(headgate);

  for (const name of ['invalid', 'deleted', 'corrected', 'moved'])
    folder.write(`${name}.yaml`, [aRoute(name, two, { timeout_ms: 'soon' })]);
  writeFileSync(join(place.manifests, 'unreadable.yaml'), 'kind: [');
  await caughtUp(headgate, place);
  for (const name of names) t.is(await answer(name), '200 one', name);

  await headgate.end('SIGKILL');
  folder.remove('deleted.yaml');
  folder.write('corrected.yaml', [aRoute('corrected', two)]);
  folder.remove('moved.yaml');
  folder.write('elsewhere.yaml', [aRoute('moved', two, { timeout_ms: 'later' })]);
  headgate = startHeadgate(t, place);
  await settled(headgate);
  t.true(headgate.lines.some((line) => line.includes('took over the running Envoy')));
  const answers = async () => await Promise.all(names.map(answer));
  const expected = ['200 one', '200 one', '404 null', '200 two', '200 one'];
  t.deepEqual(await answers(), expected);
  t.deepEqual(await problemsOf(headgate), [
    'InvalidField Mapping default/invalid',
    'InvalidField Mapping default/moved',
    'UnreadableFile',
  ]);

  const envoy = place.envoy();
  process.kill(envoy, 'SIGKILL');
  await eventually('another Envoy serves', async () => {
    const now = place.envoy();
    return now !== 0 && now !== envoy && (await answer('static').catch(() => '')) === '200 one';
  });
  await settled(headgate);
  t.deepEqual(await answers(), expected);

  headgate = await afterDeath(t, headgate, place);
  t.deepEqual(await answers(), expected, 'also after the second death');

  folder.write('invalid.yaml', [aRoute('invalid', two)]);
  folder.write('unreadable.yaml', [aRoute('unreadable', two)]);
  folder.remove('elsewhere.yaml');
  await caughtUp(headgate, place);
  t.deepEqual(await answers(), ['200 two', '200 two', '404 null', '200 two', '404 null']);
  t.deepEqual(await problemsOf(headgate), []);
  t.is(await headgate.end('SIGINT'), 0);
});

test('what Envoy refuses is in the next run what Envoy accepted last, too', async (t) => {
  t.timeout(300_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  const [one, two] = [`127.0.0.1:${ports.one}`, `127.0.0.1:${ports.two}`];
  const start = (): Headgate => startHeadgate(t, place, [], program);
  const answer = async (path: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${ports.http}/${path}/`).catch(() => undefined);
    return `${response?.status} ${response?.headers.get('x-service')}`;
  };
  await writeWorld(folder, ports);
  folder.write('route.yaml', [aRoute('refused', one)]);
  let headgate = start();
  await settled(headgate);
  folder.write('route.yaml', [aRoute('refused', two, { rewrite: '/poison-route/' })]);
  const refused = ['RefusedByEnvoy Mapping default/refused'];
  const isRefused = async (): Promise<void> =>
    await eventually('it is refused', async () => `${await problemsOf(headgate)}` === `${refused}`);
  await isRefused();
  await settled(headgate);
  t.is(await answer('refused'), '200 one');

  await headgate.end('SIGKILL');
  headgate = start();
  await settled(headgate);
  t.deepEqual(await problemsOf(headgate), refused);
  t.is(await answer('refused'), '200 one');

  const envoy = place.envoy();
  process.kill(envoy, 'SIGKILL');
  await eventually('another Envoy serves', async () => (await answer('static')) === '200 one');
  t.not(place.envoy(), envoy);
  await settled(headgate);
  t.is(await answer('refused'), '200 one', 'from another Envoy');

  folder.write('route.yaml', [aRoute('refused', two)]);
  await eventually('the next version serves', async () => (await answer('refused')) === '200 two');
  t.is(await headgate.end('SIGINT'), 0);
});

const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');
