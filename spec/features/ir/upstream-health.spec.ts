import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';

import test, { type ExecutionContext } from 'ava';

import type { Cluster } from '../../../src/ir/cluster.ts';
import { noMutation } from '../../../src/ir/header-mutation.ts';
import type { Port } from '../../../src/ir/port.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aCluster,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

const envoy = await anIrInEnvoy();
const port = (await freePort()) as Port;
test.after.always(envoy.stop);

/** Sends all requests to the cluster with these endpoints. */
const serve = async (
  t: ExecutionContext,
  fields: Partial<Cluster>,
  ...ports: readonly number[]
): Promise<void> => {
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ address: '127.0.0.1', port })],
      filterChains: [aChain()],
      virtualHosts: [aVirtualHost('*', aRoute())],
      clusters: [aCluster(fields)],
      endpoints: [
        {
          name: 'demo/shop:80',
          endpoints: ports.map((one) => ({ address: '127.0.0.1', port: one as Port })),
          from: [],
        },
      ],
    }),
  );
  t.deepEqual(refused, []);
};

/** The different answers to twenty requests. */
const answers = async (): Promise<readonly string[]> => {
  const bodies = new Set<string>();
  for (let i = 0; i < 20; i += 1) {
    const { status, body } = await ask({ port });
    bodies.add(`${status} ${body}`);
  }
  return [...bodies].sort();
};

/** Waits until these are the answers: workers hear of an endpoint a moment after the statistics. */
const answered = async (...expected: readonly string[]): Promise<void> =>
  await eventually(
    `the answers are ${expected.join(' and ')}`,
    async () => (await answers()).join() === expected.join(),
  );

/** A service that answers its name, and says at `/up` whether it is well. */
const aService = async (t: ExecutionContext, name: string, isWell = true) => {
  const state = { isWell, status: 200 };
  const server = createServer(({ url }, response) => {
    response.statusCode = url === '/up' && !state.isWell ? 503 : state.status;
    response.end(name);
  });
  const { port: own, close } = await listening(server);
  t.teardown(close);
  return { port: own, state };
};

const times = { timeout: 5000, interval: 50, unhealthyThreshold: 2, healthyThreshold: 1 };

test.serial('an endpoint that says that it is not well is given no requests', async (t) => {
  const a = await aService(t, 'a');
  const b = await aService(t, 'b', false);
  const probe = { _tag: 'Http', path: '/up', headers: noMutation, statuses: [] } as const;
  await serve(t, { healthChecks: [{ ...times, probe }] }, a.port, b.port);
  t.deepEqual(await answers(), ['200 a']);
  b.state.isWell = true;
  await answered('200 a', '200 b');
  a.state.isWell = false;
  await answered('200 b');
});

test.serial('a status that is expected is well', async (t) => {
  const a = await aService(t, 'a', false);
  const statuses = [{ from: 500, to: 503 }];
  const probe = { _tag: 'Http', path: '/up', headers: noMutation, statuses } as const;
  await serve(t, { healthChecks: [{ ...times, probe }] }, a.port);
  t.deepEqual(await answers(), ['200 a']);
});

test.serial('an endpoint that takes no connection is given no requests', async (t) => {
  const a = await aService(t, 'a');
  const nobody = await freePort();
  await serve(t, { healthChecks: [{ ...times, probe: { _tag: 'Tcp' } }] }, a.port, nobody);
  t.deepEqual(await answers(), ['200 a']);
});

test.serial('an endpoint is asked about its gRPC service', async (t) => {
  const server = createHttp2Server();
  server.on('stream', (stream, { ':path': path }) => {
    if (path !== '/grpc.health.v1.Health/Check') {
      stream.respond({ ':status': 200 });
      stream.end('grpc');
      return;
    }
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 0x08, 0x01]));
  });
  const { port: own, close } = await listening(server);
  t.teardown(close);
  const probe = { _tag: 'Grpc', service: 'shop.Cart' } as const;
  await serve(t, { protocol: 'http2', healthChecks: [{ ...times, probe }] }, own);
  t.deepEqual(await answers(), ['200 grpc']);
});

test.serial(
  'an endpoint that fails again and again is given no requests for a while',
  async (t) => {
    const a = await aService(t, 'a');
    const b = await aService(t, 'b');
    b.state.status = 500;
    const outlierDetection = {
      consecutive5xx: 3,
      baseEjectionTime: 300_000,
      maxEjectionPercent: 50,
    };
    await serve(t, { outlierDetection }, a.port, b.port);
    t.deepEqual(await answers(), ['200 a', '500 b']);
    await answered('200 a');
  },
);

test.serial('without a number of failures, none makes an endpoint an outlier', async (t) => {
  const a = await aService(t, 'a');
  a.state.status = 500;
  await serve(t, { outlierDetection: { maxEjectionPercent: 100 } }, a.port);
  t.deepEqual(await answers(), ['500 a']);
  const stats = await envoy.admin.stats('outlier_detection.ejections_active');
  t.is(stats.get('cluster.shop.outlier_detection.ejections_active'), 0);
});
