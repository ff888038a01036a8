import test from 'ava';

import { aReplica } from '../_support/api-server/a-replica.ts';
import { installOwnDefinitions } from '../_support/api-server/own-definitions.ts';
import { conditions, objects, stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aMapping } from '../_support/world/builders.ts';

const shared = sharedCluster();
let definitions: Promise<void> | undefined;

/** The cluster, with the definitions of our kinds. */
const aCluster = async (): Promise<TestCluster> => {
  const cluster = await shared();
  await (definitions ??= installOwnDefinitions(cluster));
  return cluster;
};

test('an owner sees that the object is in force', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply(objects(namespace));
  const replica = await aReplica(t, cluster, namespace);

  await replica.sync();
  await eventually('three are written', () => replica.writes() === 3);

  for (const [kind, name] of [
    ['mapping', 'shop'],
    ['host', 'all'],
    ['listener', 'http'],
  ] as const)
    t.deepEqual(conditions(await stored(cluster, namespace, kind, name)), [
      'Accepted=True Accepted @1',
      'ResolvedRefs=True ResolvedRefs @1',
      'Programmed=True Programmed @1',
    ]);
  const { stdout } = await cluster.kubectl(['get', 'mapping,host', '-n', namespace]);
  t.regex(stdout, /mapping.*shop.*Running.*True.*True/);
  t.regex(stdout, /host.*all.*Ready/);
});

test('an object in the shape of an old version has a status too', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply([
    ...objects(namespace),
    {
      apiVersion: 'getambassador.io/v2',
      kind: 'Mapping',
      metadata: { namespace, name: 'old' },
      spec: { prefix: '/old/', service: 'web', host: '*', tls: false, ambassador_id: 'default' },
    },
  ]);
  const replica = await aReplica(t, cluster, namespace);
  await replica.sync();

  await eventually('it has conditions', async () =>
    conditions(await stored(cluster, namespace, 'mapping', 'old')).includes(
      'Programmed=True Programmed @1',
    ),
  );
  t.is((await stored(cluster, namespace, 'mapping', 'old')).status?.state, 'Running');
});

test('what the API server holds is not written again, by the same replica or the next', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply(objects(namespace));
  const first = await aReplica(t, cluster, namespace);
  await first.sync();
  await eventually('three are written', () => first.writes() === 3);
  const before = await stored(cluster, namespace, 'mapping', 'shop');

  await first.sync();
  await first.reporter.stop();
  const second = await aReplica(t, cluster, namespace, { identity: 'replica-2' });
  await second.sync();
  await eventually('the second leads', () => second.reporter.leads());
  await cluster.apply([aMapping(`${namespace}/shop`, { prefix: '/cart/' })]);
  await second.sync();
  await eventually('the change is written', () => second.writes() > 0);

  const after = await stored(cluster, namespace, 'mapping', 'shop');
  t.is(first.writes(), 3);
  t.is(second.writes(), 1);
  t.is(after.metadata.generation, 2);
  t.deepEqual(
    after.status?.conditions?.map(({ lastTransitionTime }) => lastTransitionTime),
    before.status?.conditions?.map(({ lastTransitionTime }) => lastTransitionTime),
  );
});

test('a change is said once, unless the Envoys take long', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply(objects(namespace));
  const replica = await aReplica(t, cluster, namespace);
  await replica.sync();
  await eventually('three are written', () => replica.writes() === 3);

  replica.envoyAnswers(false);
  await cluster.apply([aMapping(`${namespace}/shop`, { prefix: '/cart/' })]);
  await replica.sync();
  await eventually('the wait is said', () => replica.writes() === 4);
  const waiting = await stored(cluster, namespace, 'mapping', 'shop');
  replica.envoyAnswers(true);
  await eventually('the end of it is said', () => replica.writes() === 5);

  t.is(conditions(waiting)[2], 'Programmed=False Pending @2');
  t.is(
    conditions(await stored(cluster, namespace, 'mapping', 'shop'))[2],
    'Programmed=True Programmed @2',
  );
});

test('a broken object says what is wrong, in its status and in one Event', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply(objects(namespace, { service: 'missing', prefix: '(', prefix_regex: true }));
  const replica = await aReplica(t, cluster, namespace);
  await replica.sync();
  await eventually('three are written', () => replica.writes() === 3);
  await cluster.kubectl(['label', 'mapping', 'shop', '-n', namespace, 'a=b']);
  await replica.sync();
  await replica.reporter.stop();
  await cluster.apply([
    aMapping(`${namespace}/shop`, { prefix: '(', prefix_regex: true, service: 'b' }),
  ]);
  const next = await aReplica(t, cluster, namespace, { identity: 'replica-2' });
  await next.sync();
  await eventually('the change is written', () => next.writes() === 1);

  const described = async () =>
    (await cluster.kubectl(['describe', 'mapping', 'shop', '-n', namespace])).stdout;
  await eventually('the Event counts two', async () => /x2 over/.test(await described()));
  const text = await described();
  const lines = text.slice(text.indexOf('Events:')).split('\n');
  t.is(lines.filter((line) => line.includes('Warning')).length, 1);
  t.regex(text, /Warning\s+Invalid\s.*headgate\s+spec.prefix: expected/);
  t.regex(text, /State:\s+Inactive/);
});

test('a rival who overwrites the status again and again is answered a few times only', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply(objects(namespace));
  const repeats = { most: 2, within: 3_600_000 };
  const replica = await aReplica(t, cluster, namespace, { repeats });
  await replica.sync();
  await eventually('three are written', () => replica.writes() === 3);

  const path = `/apis/getambassador.io/v3alpha1/namespaces/${namespace}/mappings/shop/status`;
  const overwrite = async (reason: string) => {
    const body = { status: { state: 'Inactive', reason } };
    await cluster.request({
      method: 'PATCH',
      path,
      body,
      contentType: 'application/merge-patch+json',
    });
    await replica.sync();
  };
  await overwrite('one');
  await eventually('it is answered', () => replica.writes() === 4);
  await overwrite('two');
  await eventually('it is answered again', () => replica.writes() === 5);
  for (const reason of ['three', 'four', 'five', 'six']) await overwrite(reason);
  await cluster.apply([aMapping(`${namespace}/later`, { prefix: '/later/' })]);
  await replica.sync();
  await eventually('another object is told after that', async () =>
    conditions(await stored(cluster, namespace, 'mapping', 'later')).includes(
      'Programmed=True Programmed @1',
    ),
  );

  t.is(replica.writes(), 6);
  t.is((await stored(cluster, namespace, 'mapping', 'shop')).status?.reason, 'six');
});
