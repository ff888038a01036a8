import test from 'ava';

import { aReplica } from '../_support/api-server/a-replica.ts';
import { installOwnDefinitions, type Definition } from '../_support/api-server/own-definitions.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aListener, aHost, aMapping, aService } from '../_support/world/builders.ts';

/** As in the definitions that Emissary comes with: no conditions, and no status of Listeners. */
const asInEmissary = ({ spec }: Definition): void => {
  for (const version of spec.versions) {
    if (spec.names.kind === 'Listener') delete version.subresources;
    const { status } = version.schema.openAPIV3Schema.properties;
    if (spec.names.kind === 'Mapping') delete status.properties['conditions'];
  }
};

test("an installation with Emissary's definitions is told what they have room for", async (t) => {
  const cluster = await startTestCluster(t);
  await installOwnDefinitions(cluster, asInEmissary);
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply([
    aListener(`${namespace}/one`),
    aListener(`${namespace}/two`),
    aHost(`${namespace}/all`, { hostname: '*' }),
    aService(`${namespace}/web`),
    aMapping(`${namespace}/shop`, { prefix: '(', prefix_regex: true }),
  ]);
  const replica = await aReplica(t, cluster, namespace);

  await replica.sync();
  await eventually('the Mapping is told', async () => {
    const { stdout } = await cluster.kubectl(['get', 'mapping', 'shop', '-n', namespace]);
    return stdout.includes('Inactive');
  });
  await eventually('the Listener is told', async () => {
    const args = ['describe', 'listener', 'two', '-n', namespace];
    return /Warning\s+Conflict/.test((await cluster.kubectl(args)).stdout);
  });

  const said = (kind: string) =>
    replica.log.filter((line) => line.includes(`status of ${kind} objects`)).length;
  await eventually('both lacks are said', () => said('Mapping') === 1 && said('Listener') === 1);
  await cluster.apply([aListener(`${namespace}/one`, { port: 8081 })]);
  await replica.sync();
  const described = async () =>
    (await cluster.kubectl(['get', 'mapping', 'shop', '-n', namespace, '-o', 'json'])).stdout;
  const { status } = JSON.parse(await described()) as { status: Record<string, unknown> };

  t.deepEqual(Object.keys(status), ['reason', 'state']);
  t.deepEqual([said('Mapping'), said('Listener')], [1, 1]);
});
