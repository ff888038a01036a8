import { join } from 'node:path';

import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import {
  aCertificate,
  aFolderOf,
  aHost,
  aListener,
  aRoute,
  aService,
  aSlice,
  startPorts,
  writeWorld,
} from '../_support/world/steady-world.ts';

const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

/** The objects that Envoy refuses, as the problems say it. */
const refused = async (headgate: Headgate): Promise<readonly string[]> =>
  (await headgate.problems())
    .flatMap(({ problem, object = '' }) => (problem === 'RefusedByEnvoy' ? [object] : []))
    .sort();

test.serial(
  'what Envoy refuses costs the object at fault and no other, whatever restarts',
  async (t) => {
    t.timeout(300_000);
    const place = aPlace(t);
    const folder = aFolderOf(place.manifests);
    const ports = await startPorts(t);
    const [one, two] = [`127.0.0.1:${ports.one}`, `127.0.0.1:${ports.two}`];
    const start = (): Headgate => startHeadgate(t, place, [], program);
    const status = async (path: string): Promise<string> => {
      const answer = await fetch(`http://127.0.0.1:${ports.http}/${path}/`).catch(() => undefined);
      return `${answer?.status} ${answer?.headers.get('x-service')}`;
    };
    const answers = async (path: string, expected: string): Promise<void> =>
      await eventually(
        `/${path}/ answers ${expected}`,
        async () => (await status(path)) === expected,
      );

    await writeWorld(folder, ports);
    const good = [...Array(20).keys()].map((n) => `good-${n}`);
    folder.write(
      'good.yaml',
      good.map((name) => aRoute(name, one)),
    );
    folder.write('cluster.yaml', [aRoute('bad-cluster', one, { stats_name: 'poison-cluster' })]);
    folder.write('route.yaml', [aRoute('bad-route', one, { rewrite: '/poison-route/' })]);
    folder.write('listener.yaml', [
      aListener('bad-listener', ports.other, 'HTTP', { statsPrefix: 'poison-listener' }),
    ]);
    const slice = aSlice('named', ports.one);
    folder.write('slice.yaml', [
      aRoute('bad-slice', 'named', { resolver: 'endpoint' }),
      aService('named'),
      { ...slice, endpoints: [{ addresses: ['127.66.66.66'] }] },
    ]);
    const certificate = await aCertificate('poison.example');
    folder.write('certificate.yaml', [
      aHost('bad-certificate', 'bad.example.com', { name: 'poison-secret' }),
      { ...certificate, metadata: { name: 'poison-secret' } },
    ]);
    const bad = [
      'EndpointSlice default/named-1',
      'Listener default/bad-listener',
      'Mapping default/bad-cluster',
      'Mapping default/bad-route',
      'Secret default/poison-secret',
    ];

    let headgate = start();
    await eventually('all five are found', async () => {
      const found = (await headgate.isReady()) ? await refused(headgate) : [];
      return found.length >= bad.length;
    });
    await settled(headgate);
    t.deepEqual(await refused(headgate), bad);
    for (const name of [...good, 'untouched', 'static', 'dns', 'service', 'slices'])
      await answers(name, '200 one');
    await answers('bad-cluster', '404 null');
    await answers('bad-route', '404 null');
    const nacks = await headgate.metric('headgate_nacks_total');
    t.true(nacks >= bad.length);
    t.log(`${nacks} refusals and ${await headgate.metric('headgate_pushes_total')} responses`);
    for (const object of bad)
      t.true(headgate.lines.some((line) => line.includes(object) && line.includes('refuse')));

    folder.write('static.yaml', [aRoute('static', two)]);
    await answers('static', '200 two');
    await settled(headgate);
    t.is(
      await headgate.metric('headgate_nacks_total'),
      nacks,
      'a refused version is not sent again',
    );

    const [before] = await headgate.streams();
    process.kill(place.envoy(), 'SIGKILL');
    await eventually('another Envoy connects', async () => {
      const [now] = await headgate.streams();
      return now !== undefined && now.stream !== before?.stream;
    });
    await answers('static', '200 two');
    await settled(headgate);
    t.is(await headgate.metric('headgate_nacks_total'), nacks, 'nor to an Envoy that reconnects');
    t.deepEqual(await refused(headgate), bad);

    await headgate.end('SIGKILL');
    folder.write('dns.yaml', [aRoute('dns', two)]);
    headgate = start();
    await answers('dns', '200 two');
    await settled(headgate);
    t.is(await headgate.metric('headgate_nacks_total'), 0, 'nor by the next control plane');
    t.deepEqual(await refused(headgate), bad);

    folder.write('cluster.yaml', [aRoute('bad-cluster', one, { stats_name: 'healthy' })]);
    folder.write('route.yaml', [aRoute('bad-route', one, { rewrite: '/healthy/' })]);
    folder.write('listener.yaml', [aListener('bad-listener', ports.other, 'HTTP')]);
    folder.write('slice.yaml', [
      aRoute('bad-slice', 'named', { resolver: 'endpoint' }),
      aService('named'),
      slice,
    ]);
    folder.write('certificate.yaml', []);
    for (const name of ['bad-cluster', 'bad-route', 'bad-slice']) await answers(name, '200 one');
    await eventually(
      'the other listener answers',
      async () =>
        (await fetch(`http://127.0.0.1:${ports.other}/static/`).catch(() => undefined))?.status ===
        200,
    );
    await eventually('nothing is refused', async () => (await refused(headgate)).length === 0);

    folder.write('route.yaml', [aRoute('bad-route', two, { rewrite: '/poison-route/' })]);
    await eventually('it is refused', async () => (await refused(headgate)).length === 1);
    await settled(headgate);
    t.is(await status('bad-route'), '200 one', 'the version before serves on');
    t.is(await headgate.end('SIGINT'), 0);
  },
);
