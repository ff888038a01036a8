import test, { type ExecutionContext } from 'ava';

import { onlyTo } from '../../../src/ir/backend.ts';
import type { Cluster, UpstreamTls } from '../../../src/ir/cluster.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { SubjectAltName, TrustBundle } from '../../../src/ir/trust-bundle.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { startSecureBackend, type SeenConnection } from '../../_support/envoy/secure-backend.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import {
  aChain,
  aClusterAt,
  aForward,
  aListener,
  anIr,
  aRoute,
  aSignedSecret,
  aTrustBundle,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

const ours = anAuthority('ours');
const others = anAuthority('others');
const server = ours.sign({ names: ['*.shop.example', 'spiffe://shop.example/shop'] });
const client = ours.sign({ names: ['gateway.example'] });

const backend = await startSecureBackend(server);
const envoy = await anIrInEnvoy();
const port = (await freePort()) as Port;
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

/** Requests for `/<name of a cluster>` go to that cluster, which is the backend. */
const worldOf = (
  clusters: Readonly<Record<string, UpstreamTls & Partial<Pick<Cluster, 'protocol'>>>>,
  trustBundles: readonly TrustBundle[],
): Ir =>
  anIr({
    listeners: [aListener({ address: '127.0.0.1', port })],
    filterChains: [aChain()],
    virtualHosts: [
      aVirtualHost(
        '*',
        ...Object.keys(clusters).map((name) =>
          aRoute({
            match: {
              ...aRoute().match,
              path: { _tag: 'Exact', value: `/${name}`, caseSensitive: true },
            },
            action: aForward({ backends: onlyTo(name) }),
          }),
        ),
      ),
    ],
    clusters: Object.entries(clusters).map(([name, { protocol = 'http1', ...tls }]) =>
      aClusterAt(name, backend.port, { protocol, tls }),
    ),
    secrets: [aSignedSecret('demo/client', client)],
    trustBundles,
  });

const serve = async (t: ExecutionContext, ...world: Parameters<typeof worldOf>): Promise<void> => {
  const { refused } = await envoy.serve(worldOf(...world));
  t.deepEqual(refused, []);
};

const statusOf = async (cluster: string): Promise<number> =>
  (await ask({ port, path: `/${cluster}` })).status;

const seenThrough = async (cluster: string): Promise<SeenConnection> =>
  JSON.parse((await ask({ port, path: `/${cluster}` })).body) as SeenConnection;

const ourBundle = aTrustBundle({ name: 'trust://ours', authorities: ours.certificate });
const otherBundle = aTrustBundle({ name: 'trust://others', authorities: others.certificate });

const trusting = (
  trust: TrustBundle['name'],
  ...names: readonly SubjectAltName[]
): UpstreamTls => ({
  verify: { trust, names },
});

const dns = (name: string): SubjectAltName => ({ _tag: 'Dns', name });
const uri = (of: string): SubjectAltName => ({ _tag: 'Uri', uri: of });

test.serial('an upstream is reached if its authority is trusted and its name fits', async (t) => {
  const revoking = { name: 'trust://revoking', authorities: ours.certificate } as const;
  await serve(
    t,
    {
      trusted: trusting('trust://ours', dns('a.shop.example')),
      'one-of-two': trusting('trust://ours', dns('other.example'), dns('a.shop.example')),
      uri: trusting('trust://ours', uri('spiffe://shop.example/shop')),
      'any-name': trusting('trust://ours'),
      unverified: {},
      'other-name': trusting('trust://ours', dns('shop.example')),
      'other-uri': trusting('trust://ours', uri('spiffe://shop.example/cart')),
      'other-authority': trusting('trust://others', dns('a.shop.example')),
      revoked: trusting('trust://revoking', dns('a.shop.example')),
      'no-authority': trusting('trust://nowhere', dns('a.shop.example')),
      'no-certificate': { clientCertificate: 'demo/nowhere' },
    },
    [
      ourBundle,
      otherBundle,
      aTrustBundle({ ...revoking, revocations: ours.revoke(server.certificate) }),
    ],
  );
  const statuses = async (...clusters: readonly string[]) =>
    await Promise.all(clusters.map(statusOf));
  t.deepEqual(
    await statuses('trusted', 'one-of-two', 'uri', 'any-name', 'unverified'),
    [200, 200, 200, 200, 200],
  );
  t.deepEqual(
    await statuses('other-name', 'other-uri', 'other-authority', 'revoked'),
    [503, 503, 503, 503],
  );
  t.deepEqual(await statuses('no-authority', 'no-certificate'), [503, 503]);
});

test.serial('a list that revokes another certificate is no obstacle', async (t) => {
  const revocations = ours.revoke(client.certificate);
  await serve(t, { shop: trusting('trust://ours') }, [{ ...ourBundle, revocations }]);
  t.is(await statusOf('shop'), 200);
});

test.serial('a trust bundle that comes, changes or goes is obeyed at once', async (t) => {
  const clusters = { shop: trusting('trust://ours', dns('a.shop.example')) };
  await serve(t, clusters, []);
  t.is(await statusOf('shop'), 503);
  await serve(t, clusters, [ourBundle]);
  t.is(await statusOf('shop'), 200);
  await serve(t, clusters, [{ ...ourBundle, authorities: others.certificate }]);
  t.is(await statusOf('shop'), 503);
  await serve(t, clusters, [ourBundle]);
  t.is(await statusOf('shop'), 200);
  await serve(t, clusters, []);
  t.is(await statusOf('shop'), 503);
});

test.serial('an upstream is told the server name and shown the certificate', async (t) => {
  await serve(
    t,
    {
      named: { sni: 'a.shop.example', clientCertificate: 'demo/client' },
      nameless: {},
    },
    [],
  );
  t.like(await seenThrough('named'), {
    serverName: 'a.shop.example',
    client: 'DNS:gateway.example',
  });
  const { serverName, client: shown } = await seenThrough('nameless');
  t.deepEqual([serverName, shown], ['false', undefined]);
});

test.serial('which HTTP is spoken is settled by choice or in the handshake', async (t) => {
  await serve(
    t,
    {
      http1: {},
      http2: { protocol: 'http2' },
      negotiated: { protocol: 'negotiated' },
      offered: { protocol: 'negotiated', alpn: ['http/1.1'] },
      'as-client': { protocol: 'as-client' },
    },
    [],
  );
  const spoken = async (cluster: string) => (await seenThrough(cluster)).http;
  t.is(await spoken('http1'), '1.1');
  t.is(await spoken('http2'), '2.0');
  t.is(await spoken('negotiated'), '2.0');
  t.is(await spoken('offered'), '1.1');
  t.is(await spoken('as-client'), '1.1');
});

test.serial('versions and ciphers of TLS are those that were asked for', async (t) => {
  const cipher = 'ECDHE-ECDSA-AES256-GCM-SHA384';
  await serve(
    t,
    {
      latest: { parameters: { minVersion: '1.3', maxVersion: '1.3' } },
      older: { parameters: { maxVersion: '1.2', ciphers: [cipher], curves: ['P-256'] } },
    },
    [],
  );
  t.is((await seenThrough('latest')).tls, 'TLSv1.3');
  t.like(await seenThrough('older'), { tls: 'TLSv1.2', cipher });
});
