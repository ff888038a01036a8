import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { aClusterSlice, theRights } from '../_support/api-server/cluster-world.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { aRoute, aService } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

test.serial('a token that is revoked, one that has expired, and one that is good', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  const refused = (): boolean => proxy.calls().some(({ status }) => status === 401);
  t.false(refused());
  t.is((await cluster.kubectl(['delete', 'serviceaccount', 'headgate'])).code, 0);
  await story.rotateToken(0);
  await eventually('the token is refused', () => {
    proxy.endWatches();
    return refused();
  });
  await cluster.apply([aClusterSlice('changing', [world.two])]);
  await story.says(/the API server .* cannot be read: .*Unauthorized/);
  t.true(await story.headgate.isReady());

  await story.rotateToken();
  await story.served('/slices/', 'two');
  await story.says(/can be read again/);
  await story.endsWell();
});

test.serial('a right that is taken away and given back', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  await cluster.apply([theRights('services')]);
  await eventually('services are refused', () => {
    proxy.endWatches();
    return proxy.calls().some(({ path, status }) => path === '/api/v1/services' && status === 403);
  });
  await cluster.apply([
    ...[aService('three'), aClusterSlice('three', [world.two])],
    aRoute('three', 'three', { resolver: 'endpoint' }),
  ]);
  await story.says(/services: .*forbidden/);
  t.true(await story.headgate.isReady());

  await cluster.apply([theRights()]);
  await story.served('/three/', 'two');
  await story.says(/solved: services: /);
  await story.endsWell();
});

test.serial('definitions that are deleted and created again', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  const remove = async (plural: string): Promise<void> => {
    const { code, stderr } = await cluster.kubectl([
      ...['delete', 'crd', '--timeout=30s', `${plural}.getambassador.io`],
    ]);
    t.is(code, 0, stderr);
  };
  await remove('tlscontexts');
  await eventually('they are not found', () =>
    proxy.calls().some(({ path, status }) => path.endsWith('/tlscontexts') && status === 404),
  );
  t.true(await story.headgate.isReady());
  await installCrds(cluster);
  await story.stopLoad();

  await remove('mappings');
  await story.answers('/static/', 404);
  t.true(await story.headgate.isReady());
  await installCrds(cluster);
  await cluster.apply([aRoute('static', `${world.two}:8080`)]);
  await story.served('/static/', 'two');
  await story.endsWell();
});
