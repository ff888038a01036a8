import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { kinds } from '../../src/kube/kind.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate as startRun } from '../_support/process/headgate-process.ts';
import { headgate, startHeadgate } from '../_support/process/headgate.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aSecret } from '../_support/world/a-secret.ts';
import { aHost, aListener, aMapping, aService } from '../_support/world/builders.ts';

test('what is recorded from a cluster is replayed without it, and holds no private key', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  await cluster.apply([
    aListener('default/http'),
    aHost('default/shop', { hostname: 'shop.example', tlsSecret: { name: 'shop' } }),
    aSecret('default/shop'),
    aMapping('default/web', { hostname: 'shop.example' }),
    aService('default/web'),
  ]);
  const journal = join(await tempDir(t), 'journal.ndjson');
  const { kubeconfig } = cluster;
  const recorder = startHeadgate(['record', '--kubeconfig', kubeconfig, '-o', journal]);
  t.teardown(() => recorder.kill('SIGKILL'));
  const recorded = (): string => (existsSync(journal) ? readFileSync(journal, 'utf8') : '');
  const run = startRun(t, { ...aPlace(t), kubeconfig }, ['--no-envoy', '--no-status']);
  await eventually('everything is read', run.isReady);
  await eventually('every kind is recorded', () =>
    kinds.every((kind) => recorded().includes(`{"_tag":"Listed","kind":"${kind}"`)),
  );

  await cluster.apply([aMapping('default/web', { hostname: 'shop.example', prefix: '/new/' })]);
  await eventually('the change is recorded', () => recorded().includes('"prefix":"/new/"'));
  await eventually('the change is served', async () =>
    JSON.stringify(await run.debug('snapshot')).includes('/new/'),
  );
  const { resources } = (await run.debug('snapshot')) as {
    readonly resources: unknown;
  };
  recorder.kill('SIGTERM');
  await once(recorder, 'exit');
  await cluster.stop();
  const replay = await headgate(['replay', journal, '--output', 'xds']);

  t.deepEqual([replay.code, replay.stderr], [0, '']);
  t.deepEqual(JSON.parse(replay.stdout), resources);
  t.false(recorded().includes('PRIVATE KEY'));
  t.false(recorded().includes('managedFields'));
});
