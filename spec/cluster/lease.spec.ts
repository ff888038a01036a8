import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';

import { lease } from '../../src/edge/kube/lease.ts';
import { monotonic } from '../../src/edge/monotonic.ts';
import { leadership } from '../../streams/status/leadership.ts';
import { aKubeClient } from '../_support/api-server/a-kube-client.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';

const shared = sharedCluster();

const times = { renewDeadline: 3000, retry: 200 };
/** How long others wait, in milliseconds. */
const duration = 4000;
const long = 3_600_000;

/** A candidate that stands until it is killed, which gives nothing back. */
const candidate = (
  t: ExecutionContext,
  { kubeconfig }: TestCluster,
  namespace: string,
  identity: string,
  waits = duration,
) => {
  const client = aKubeClient(t, kubeconfig);
  const log = pino({ level: 'silent' });
  const own = lease({ client, namespace, name: 'headgate', identity, duration: waits, log });
  let leads = false;
  const subscription = leadership(own, times, monotonic).subscribe((now) => (leads = now));
  t.teardown(() => subscription.unsubscribe());
  return { leads: () => leads, kill: () => subscription.unsubscribe(), release: own.release };
};

interface Spec {
  readonly holderIdentity: string;
  readonly leaseTransitions: number;
  readonly acquireTime: string;
  readonly renewTime: string;
}

/** The Lease as the API server has it. */
const lastOf = async (cluster: TestCluster, namespace: string): Promise<Spec> => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/headgate`;
  const { body } = await cluster.request({ path });
  return (body as { spec: Spec }).spec;
};

const recorded = async (cluster: TestCluster, namespace: string) => {
  const { holderIdentity, leaseTransitions } = await lastOf(cluster, namespace);
  return [holderIdentity, leaseTransitions];
};

test('when the leader dies another takes over, not before the Lease has run out', async (t) => {
  const cluster = await shared();
  const namespace = await cluster.namespaceFor(t);
  const first = candidate(t, cluster, namespace, 'first');
  await eventually('the first leads', first.leads);
  const second = candidate(t, cluster, namespace, 'second');

  const { renewTime: renewed } = await lastOf(cluster, namespace);
  first.kill();
  await eventually('the second leads', second.leads);

  const { acquireTime: acquired } = await lastOf(cluster, namespace);
  t.true(Date.parse(acquired) - Date.parse(renewed) >= duration, `${renewed}, ${acquired}`);
  t.deepEqual(await recorded(cluster, namespace), ['second', 1]);
});

test('a Lease that is given back is taken at once', async (t) => {
  const cluster = await shared();
  const namespace = await cluster.namespaceFor(t);
  const first = candidate(t, cluster, namespace, 'first', long);
  await eventually('the first leads', first.leads);
  const second = candidate(t, cluster, namespace, 'second', long);

  first.kill();
  await first.release();
  await eventually('the second leads', second.leads);

  t.deepEqual(await recorded(cluster, namespace), ['second', 1]);
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
