import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { Port } from '../../../src/ir/port.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aCluster,
  aForward,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

const backend = await startBackend({ name: 'shop', port: 0 });
const port = (await freePort()) as Port;
const nobody = (await freePort()) as Port;
const envoy = await anIrInEnvoy();
const { refused } = await envoy.serve(
  anIr({
    listeners: [aListener({ port })],
    filterChains: [aChain()],
    virtualHosts: [
      aVirtualHost(
        '*',
        aRoute({
          match: {
            ...aRoute().match,
            path: { _tag: 'Exact', value: '/again', caseSensitive: true },
          },
          action: aForward({
            backends: onlyTo('half'),
            timeout: 0,
            retry: {
              on: ['connect-failure', 'refused-stream'],
              statusCodes: [],
              retries: 100,
              backOff: { base: 1, max: 1 },
            },
          }),
        }),
        aRoute({ action: aForward({ backends: onlyTo('half') }) }),
      ),
    ],
    clusters: [aCluster({ name: 'half', discovery: { _tag: 'Eds', endpoints: 'demo/half:80' } })],
    endpoints: [
      {
        name: 'demo/half:80',
        endpoints: [
          { address: '127.0.0.1', port: nobody },
          { address: '127.0.0.1', port: backend.port as Port },
        ],
        from: [],
      },
    ],
  }),
);

test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

/** The statuses that twenty requests are answered with, each once. */
const statuses = async (path: string): Promise<readonly number[]> => {
  const all: number[] = [];
  for (let i = 0; i < 20; i += 1) all.push((await ask({ port, path })).status);
  return [...new Set(all)].sort();
};

test('where a connection cannot be made, another endpoint is tried', async (t) => {
  t.deepEqual(refused, []);
  t.deepEqual(await statuses('/again'), [200]);
});

test('without retries it is an error', async (t) => {
  t.deepEqual(await statuses('/'), [200, 503]);
});
