import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';

import { lease } from '../../src/edge/lease.ts';
import { monotonic } from '../../src/edge/monotonic.ts';
import { leadership } from '../../streams/leadership.ts';
import { aKubeClient } from '../_support/a-kube-client.ts';
import { eventually } from '../_support/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';

const shared = sharedCluster();

const times = { renewDeadline: 1500, retry: 200 };

/** A candidate that stands until it is killed, which gives nothing back. */
const candidate = (
  t: ExecutionContext,
  { kubeconfig }: TestCluster,
  namespace: string,
  identity: string,
) => {
  const client = aKubeClient(t, kubeconfig);
  const log = pino({ level: 'silent' });
  const own = lease({ client, namespace, name: 'headgate', identity, duration: 2000, log });
  let leads = false;
  const subscription = leadership(own, times, monotonic).subscribe((now) => (leads = now));
  t.teardown(() => subscription.unsubscribe());
  return { leads: () => leads, kill: () => subscription.unsubscribe(), release: own.release };
};

const recorded = async (cluster: TestCluster, namespace: string) => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/headgate`;
  const { body } = await cluster.request({ path });
  const { holderIdentity, leaseTransitions } = (
    body as { spec: { holderIdentity: string; leaseTransitions: number } }
  ).spec;
  return [holderIdentity, leaseTransitions];
};

test('when the leader dies another takes over, not before the Lease has run out', async (t) => {
  const cluster = await shared();
  const namespace = await cluster.namespaceFor(t);
  const first = candidate(t, cluster, namespace, 'first');
  await eventually('the first leads', first.leads);
  const second = candidate(t, cluster, namespace, 'second');

  first.kill();
  const since = performance.now();
  await eventually('the second leads', second.leads);
  const took = performance.now() - since;

  t.log(`took over after ${Math.round(took)} ms`);
  t.true(took > 1000 && took < 4000, String(took));
  t.deepEqual(await recorded(cluster, namespace), ['second', 1]);
});

test('a Lease that is given back is taken at once', async (t) => {
  const cluster = await shared();
  const namespace = await cluster.namespaceFor(t);
  const first = candidate(t, cluster, namespace, 'first');
  await eventually('the first leads', first.leads);
  const second = candidate(t, cluster, namespace, 'second');

  first.kill();
  await first.release();
  const since = performance.now();
  await eventually('the second leads', second.leads);

  t.true(performance.now() - since < 1000);
});

test('of two candidates that begin together one leads', async (t) => {
  const cluster = await shared();
  const namespace = await cluster.namespaceFor(t);
  const both = ['first', 'second'].map((name) => candidate(t, cluster, namespace, name));

  await eventually('one leads', () => both.some(({ leads }) => leads()));

  t.is(both.filter(({ leads }) => leads()).length, 1);
});

test.serial(
  'a leader that cannot reach the API server leads no more, and leads again later',
  async (t) => {
    const cluster = await shared();
    const namespace = await cluster.namespaceFor(t);
    const only = candidate(t, cluster, namespace, 'only');
    await eventually('it leads', only.leads);

    await cluster.apiServer.pause();
    await eventually('it leads no more', () => !only.leads());
    await cluster.apiServer.resume();
    await eventually('it leads again', only.leads);

    t.deepEqual(await recorded(cluster, namespace), ['only', 0]);
  },
);
