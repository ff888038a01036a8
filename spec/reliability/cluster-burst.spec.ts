import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { aRoute } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

const many = 5000;

const collection = '/apis/getambassador.io/v3alpha1/namespaces/default/mappings';

test.serial('five thousand objects are created in a burst, and deleted at once', async (t) => {
  const story = await aClusterStory(t, { apiServerFlags: ['--delete-collection-workers=8'] });
  const { cluster, world } = story;
  const began = performance.now();
  const created = await Promise.all(
    Array.from({ length: many }, async (_, i) => {
      const body = aRoute(`burst-${i}`, `${world.two}:8080`);
      const labelled = { ...body, metadata: { ...body.metadata, labels: { burst: 'yes' } } };
      return (await cluster.request({ method: 'POST', path: collection, body: labelled })).status;
    }),
  );
  const written = performance.now();
  t.deepEqual(new Set(created), new Set([201]));
  for (const i of [0, many / 2, many - 1]) await story.served(`/burst-${i}/`, 'two');
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  t.log(
    `written in ${seconds(began, written)} s, served ${seconds(written, performance.now())} s later`,
  );

  const path = `${collection}?labelSelector=burst%3Dyes`;
  t.is((await cluster.request({ method: 'DELETE', path })).status, 200);
  await story.answers('/burst-0/', 404);
  await story.answers(`/burst-${many - 1}/`, 404);
  await story.endsWell(150);
});
