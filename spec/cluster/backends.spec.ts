import { startBackend } from '../../src/edge/example-backends.ts';
import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { aClusterSlice, backendPort } from '../_support/api-server/cluster-world.ts';
import { stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { aRoute, aService } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

test('a back end that cannot serve is said, and that it can again', async (t) => {
  const { cluster, headgate, world, answers, served } = await aClusterStory(t);
  await cluster.apply([
    ...[aService('pods'), aClusterSlice('pods', []), aService('named'), aClusterSlice('named', [])],
    aRoute('pods', 'pods', { resolver: 'endpoint' }),
    aRoute('named', 'named'),
    aRoute('refused', `10.77.1.9:${backendPort}`),
    aRoute('unknown', 'unknown.example'),
  ]);
  const conditionOf = async (name: string) =>
    (await stored(cluster, 'default', 'mapping', name)).status?.conditions ?? [];
  const says = async (name: string, wanted: string): Promise<void> =>
    await eventually(
      `the status of ${name} says ${wanted}`,
      async () => {
        const found = (await conditionOf(name)).find(({ type }) => type === 'BackendsAvailable');
        return `${found?.status} ${found?.reason}` === wanted;
      },
      120,
    );
  /** The series of the metric that are not 0. */
  const counted = async (): Promise<readonly string[]> =>
    (await (await headgate.get('/metrics')).text())
      .split('\n')
      .filter((line) => /^headgate_backends_unavailable.* [1-9]/.test(line));

  await answers('/refused/', 503);
  await says('pods', 'False EndpointsNotFound');
  await says('named', 'False EndpointsNotFound');
  await says('refused', 'False ConnectionFailed');
  await says('unknown', 'False NameNotResolved');
  await says('static', 'True BackendsAvailable');

  t.deepEqual(
    (await conditionOf('refused')).map(({ type, status }) => `${type} ${status}`),
    ['Accepted True', 'ResolvedRefs True', 'Programmed True', 'BackendsAvailable False'],
  );
  t.is(
    (await conditionOf('refused')).at(-1)?.message,
    `10.77.1.9:${backendPort}: the Envoy of the leader cannot connect to any of its addresses`,
  );
  t.deepEqual(await counted(), [
    'headgate_backends_unavailable{reason="EndpointsNotFound"} 2',
    'headgate_backends_unavailable{reason="NameNotResolved"} 1',
    'headgate_backends_unavailable{reason="ConnectionFailed"} 1',
  ]);
  await eventually('an Event for each', async () => {
    const { stdout } = await cluster.kubectl([
      ...['get', 'events', '-n', 'default', '--field-selector', 'type=Warning'],
      ...['-o', 'jsonpath={range .items[*]}{.involvedObject.name} {.reason}{"\\n"}{end}'],
    ]);
    return ['pods EndpointsNotFound', 'refused ConnectionFailed', 'unknown NameNotResolved'].every(
      (line) => stdout.split('\n').includes(line),
    );
  });

  const late = await startBackend({ name: 'late', host: '10.77.1.9', port: backendPort });
  t.teardown(late.close);
  await cluster.apply([
    ...[aClusterSlice('pods', [world.one]), aClusterSlice('named', [world.one])],
    aRoute('unknown', `${world.one}:${backendPort}`),
  ]);
  await served('/pods/', 'one');
  await answers('/refused/', 200);
  for (const name of ['pods', 'refused', 'unknown']) await says(name, 'True BackendsAvailable');
  // There is no DNS in this network.
  await says('named', 'False NameNotResolved');
  t.deepEqual(await counted(), ['headgate_backends_unavailable{reason="NameNotResolved"} 1']);
  t.is(await headgate.end('SIGTERM'), 0);
});
