import { filter, first, firstValueFrom, map, scan, timeout, type Observable } from 'rxjs';

import type { KubeClient } from '../../../src/edge/kube/kube-client.ts';
import { recordOf } from '../../../src/kube/codec/record-of.ts';
import type { StoredObject } from '../../_support/api-server/gateway-objects.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { httpRoutes, withClusterGateway, type ClusterGateway } from '../cluster-gateway.ts';
import { eachSize } from '../each-size.ts';
import { cpuMsOf } from '../process-use.ts';

/** From the last of many routes to the last status that is right. */
export const benchmark: Benchmark = {
  name: 'in-cluster-statuses',
  what:
    'N HTTPRoutes of one Gateway are created at once, eight at a time: from the answer of a real API server ' +
    'for the last one until a watch has shown each route accepted, and the Gateway with all of them attached. ' +
    'etcd, the API server, Envoy and the client are on the same machine.',
  aim: '1,000 routes: 1 s',
  sizes: [1_000],
  ownNetwork: true,
  run: async (options) =>
    await eachSize(
      options,
      async (n) =>
        await withClusterGateway(httpRoutes, async (gateway) => await measured(gateway, n)),
    ),
};

const measured = async (gateway: ClusterGateway, n: number): Promise<readonly Row[]> => {
  const { client, headgate } = gateway;
  for (let i = 0; i < 20; i += 1) await gateway.create(`warm-${i}`);
  const before = 21;
  await firstValueFrom(attached(client, before));
  const cpu = cpuMsOf(headgate.pid);
  const start = performance.now();
  const routes = firstValueFrom(acceptedRoutes(client, before + n));
  const counted = firstValueFrom(attached(client, before + n));
  let next = 0;
  const creator = async (): Promise<void> => {
    while (next < n) {
      next += 1;
      await gateway.create(`site-${next}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, creator));
  const created = performance.now();
  const [told, whole] = await Promise.all([
    routes.then(() => performance.now()),
    counted.then(() => performance.now()),
  ]);
  const since = (end: number): number => Math.max(0, end - created);
  return [
    { what: 'creating them', n, unit: 'ms', p50: created - start },
    { what: 'last created → last route accepted', n, unit: 'ms', p50: since(told), aim },
    { what: 'last created → Gateway counts them all', n, unit: 'ms', p50: since(whole), aim },
    {
      what: 'processor time of the control plane, a route',
      n,
      unit: 'ms',
      p50: (cpuMsOf(headgate.pid) - cpu) / n,
    },
  ];
};

const aim = { p50: 1_000 };

/** Emits when so many routes have been seen accepted. */
const acceptedRoutes = (client: KubeClient, count: number): Observable<unknown> =>
  watched(client, 'httproutes').pipe(
    scan((names, { metadata, status }) => {
      const isAccepted = status?.parents?.some(({ conditions }) =>
        conditions.some(({ type, status: is }) => type === 'Accepted' && is === 'True'),
      );
      return isAccepted === true ? names.add(metadata.name) : names;
    }, new Set<string>()),
    first(({ size }) => size >= count),
    timeout(600_000),
  );

/** Emits when the Gateway has been seen with so many routes. */
const attached = (client: KubeClient, count: number): Observable<unknown> =>
  watched(client, 'gateways').pipe(
    first(({ status }) => status?.listeners?.[0]?.attachedRoutes === count),
    timeout(600_000),
  );

type Watched = StoredObject & { readonly metadata: { readonly name: string } };

const watched = (client: KubeClient, plural: string): Observable<Watched> =>
  client
    .stream({
      method: 'GET',
      path: `/apis/gateway.networking.k8s.io/v1/namespaces/default/${plural}`,
      query: { watch: '1' },
    })
    .pipe(
      filter((one) => one._tag === 'Line'),
      map(({ value }) => recordOf(value)['object'] as Watched),
    );
