import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { taking } from '../_support/process/taken-port.ts';
import { aListener } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

test('what is on a Listener whose port is taken is told so in status and by an Event, and that it is over', async (t) => {
  const { cluster, headgate } = await aClusterStory(t);
  const programmed = async (kind: string, name: string) =>
    (await stored(cluster, 'default', kind, name)).status?.conditions?.find(
      ({ type }) => type === 'Programmed',
    );
  const says = async (kind: string, name: string, wanted: string): Promise<void> =>
    await eventually(
      `the status of ${kind} ${name} says ${wanted}`,
      async () => {
        const found = await programmed(kind, name);
        return `${found?.status} ${found?.reason}` === wanted;
      },
      120,
    );
  const all = [
    ['host', 'all'],
    ['mapping', 'static'],
    ['mapping', 'slices'],
  ] as const;

  for (const [kind, name] of all) await says(kind, name, 'True Programmed');
  const port = await freePort();
  const giveBack = await taking(t, port);
  await cluster.apply([aListener('http', port, 'HTTP')]);
  await cluster.kubectl(['delete', 'listener', '-n', 'default', 'https']);

  await says('listener', 'http', 'False PortUnavailable');
  for (const [kind, name] of all) await says(kind, name, 'False NotServed');
  t.is(
    (await programmed('mapping', 'static'))?.message,
    `not served, because Listener default/http is not open: Envoy cannot listen on 0.0.0.0:${port}: Address already in use`,
  );
  t.is((await stored(cluster, 'default', 'mapping', 'static')).status?.state, 'Inactive');
  await eventually('an Event for each', async () => {
    const { stdout } = await cluster.kubectl([
      ...['get', 'events', '-n', 'default', '--field-selector', 'type=Warning,reason=NotServed'],
      ...['-o', 'jsonpath={range .items[*]}{.involvedObject.name}{"\\n"}{end}'],
    ]);
    return all.every(([, name]) => stdout.split('\n').includes(name));
  });

  await giveBack();
  for (const [kind, name] of all) await says(kind, name, 'True Programmed');
  await says('listener', 'http', 'True Programmed');
  t.is((await fetch(`http://127.0.0.1:${port}/static/`)).status, 200);
  t.is(await headgate.end('SIGTERM'), 0);
});
