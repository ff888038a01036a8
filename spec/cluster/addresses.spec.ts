import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { aMapping } from '../_support/world/builders.ts';

const test = ownNetwork(import.meta.url);

test('in a cluster a Mapping to the machine that Envoy is on has no effect, and its owner is told', async (t) => {
  const { cluster, answers, endsWell } = await aClusterStory(t);
  await cluster.apply([
    aMapping('default/attack', {
      prefix: '/debug/ir',
      rewrite: '',
      host_rewrite: '127.0.0.1',
      service: 'localhost:8877',
    }),
    aMapping('default/after', { prefix: '/after/', service: '10.77.1.1:8080' }),
  ]);

  await answers('/after/', 200);
  await answers('/debug/ir', 404);
  await eventually('the owner is told', async () => {
    const { status } = await stored(cluster, 'default', 'mapping', 'attack');
    return status?.state === 'Inactive';
  });
  const { status } = await stored(cluster, 'default', 'mapping', 'attack');
  t.is(
    status?.reason,
    'spec.service: expected a service, got "localhost:8877" (the machine that Envoy is on; --allow-addresses loopback would allow it)',
  );
  t.is(status?.conditions?.find(({ type }) => type === 'Accepted')?.reason, 'Invalid');
  await endsWell();
});
