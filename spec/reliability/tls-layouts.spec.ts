import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { showLoad, startLoad } from '../_support/envoy/load.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const rounds = 4;
/** So many requests are answered after each change of the layout, every third by a new handshake. */
const requestsEach = 15;
const hosts = Array.from({ length: 30 }, (_, n) => `h${n}.example`);

test('no handshake and no request fails while a Listener goes from one layout to the other', async (t) => {
  t.timeout(600_000);
  const backend = await startBackend({ name: 'a', port: 0 });
  const certificate = await aCertificate('h.example');
  const gateway = await aGateway(
    () =>
      tlsSecret('cert', certificate) +
      [...hosts, '*.wide.example'].map((name) => host(name, 'tlsSecret: { name: cert }')).join('') +
      mapping('all', backend.port, 'prefix: /, timeout_ms: 60000'),
    ['--drain-time', '600'],
  );
  t.teardown(async () => {
    await Promise.all([gateway.stop(), backend.close()]);
  });
  const { https } = gateway.ports;
  const layOut = async (tlsLayout: string): Promise<void> => {
    await gateway.apply('layout.yaml', listener('https', https, { protocol: 'HTTPS', tlsLayout }));
  };
  await layOut('chains');
  const { Listener: before = 0 } = await gateway.pushes();
  // Most of the names in the pattern are asked for once, some while the layout changes.
  const names = Array.from({ length: 4000 }, (_, n) =>
    n % 2 === 0 ? `n${n}.wide.example` : (hosts[n % hosts.length] ?? ''),
  );
  const targets = names.map((name) => `https://${name}:${https}/`);
  const load = startLoad(t, targets, { rate: 60, freshEvery: 3 });
  for (let round = 0; round < rounds; round += 1)
    for (const layout of ['on-demand', 'chains']) {
      await layOut(layout);
      await load.more(requestsEach);
    }
  const report = await load.stop();
  t.log(showLoad(report));
  t.deepEqual(report.failures, []);
  t.is((await gateway.pushes())['Listener'], before + 2 * rounds);
  t.true((report.answers['a'] ?? 0) >= 2 * rounds * requestsEach);
});
