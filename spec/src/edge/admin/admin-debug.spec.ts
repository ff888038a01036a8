import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { startAdminServer } from '../../../../src/edge/admin/admin-server.ts';
import { ownNetwork } from '../../../_support/process/own-network.ts';

const test = ownNetwork(import.meta.url);

const pages = {
  notAlive: () => undefined,
  notReady: () => undefined,
  metrics: async () => 'headgate_up 1\n',
  metricsType: 'text/plain; version=0.0.4',
  debug: { ir: () => ({ virtualHosts: ['shop.example'] }) },
};

/** Where a client is, which address it asks, and what the server listens on. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly listens: string;
}

const asks = test.macro<[way: Way, path: string, status: number, body: RegExp]>({
  async exec(t, { from, to, listens }, path, status, body) {
    const server = await startAdminServer({ host: listens, port: 0 }, pages);
    t.teardown(server.close);
    const { port } = server.address;
    const [response] = (await once(
      get({ host: to, port, path, localAddress: from, agent: false }),
      'response',
    )) as [IncomingMessage];

    t.is(response.statusCode, status);
    t.regex(await text(response), body);
  },
  title: (_, { from, listens }, path, status) =>
    `GET ${path} from ${from} is answered ${status} on ${listens}`,
});

const elsewhere: Way = { from: '10.77.0.2', to: '10.77.0.1', listens: '0.0.0.0' };
const here: Way = { from: '127.0.0.1', to: '127.0.0.1', listens: '0.0.0.0' };

test(asks, elsewhere, '/debug', 403, /^only for clients on this machine/);
test(asks, elsewhere, '/debug/ir', 403, /^only for clients on this machine/);
test(asks, elsewhere, '/ambassador/v0/check_alive', 200, /^alive$/m);
test(asks, elsewhere, '/metrics', 200, /^headgate_up 1$/m);
test(asks, { ...elsewhere, listens: '10.77.0.1' }, '/debug/ir', 403, /^only for clients/);
test(asks, here, '/debug/ir', 200, /shop\.example/);
test(asks, { ...here, listens: '::' }, '/debug/ir', 200, /shop\.example/);
test(asks, { ...elsewhere, listens: '::' }, '/debug/ir', 403, /^only for clients/);
