import { join } from 'node:path';

import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { annotated, inAnnotation } from '../_support/world/builders.ts';
import {
  aFolderOf,
  aRoute,
  aService,
  startPorts,
  writeWorld,
} from '../_support/world/steady-world.ts';

const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

test.serial('of an annotation Envoy refuses one document, and all others are served', async (t) => {
  t.timeout(300_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  const [one, two] = [`127.0.0.1:${ports.one}`, `127.0.0.1:${ports.two}`];
  const write = (bad: object, service: string): number =>
    folder.write('carrier.yaml', [
      annotated(aService('carrier'), {
        'getambassador.io/config': [aRoute('bad', service, bad), aRoute('good', service)]
          .map(inAnnotation)
          .join('\n'),
      }),
    ]);
  const status = async (path: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}/${path}/`).catch(() => undefined);
    return `${answer?.status} ${answer?.headers.get('x-service')}`;
  };
  const answers = async (path: string, expected: string): Promise<void> =>
    await eventually(`/${path}/ is ${expected}`, async () => (await status(path)) === expected);

  await writeWorld(folder, ports);
  write({}, one);
  let headgate = startHeadgate(t, place, [], program);
  await answers('bad', '200 one');

  write({ rewrite: '/poison-route/' }, two);
  await answers('good', '200 two');
  const refused = async () =>
    (await headgate.problems()).filter(({ problem }) => problem === 'RefusedByEnvoy');
  await eventually('the document is found', async () => (await refused()).length > 0);
  await settled(headgate);
  t.like(await refused(), [
    {
      object: 'Service default/carrier',
      field: 'metadata.annotations[getambassador.io/config], document 1, Mapping default/bad',
    },
  ]);
  await answers('bad', '200 one');

  await headgate.end('SIGKILL');
  headgate = startHeadgate(t, place, [], program);
  await eventually('it is remembered', async () =>
    (await headgate.isReady()) ? (await refused()).length === 1 : false,
  );
  await answers('bad', '200 one');
  await answers('good', '200 two');

  write({}, two);
  await answers('bad', '200 two');
  await eventually('nothing is refused', async () => (await refused()).length === 0);
});
