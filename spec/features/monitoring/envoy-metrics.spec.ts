import { buffer } from 'node:stream/consumers';

import test from 'ava';

import { envoySeries } from '../../../src/edge/admin/envoy-series.ts';
import { startBackend } from '../../../src/edge/example-backends.ts';
import type { Port } from '../../../src/ir/port.ts';
import { Sensitive } from '../../../src/ir/sensitive.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { promtool } from '../../_support/monitoring/promtool.ts';
import { readScrape } from '../../_support/monitoring/scrape.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { everyFieldIr } from '../../_support/world/every-field-ir.ts';
import { host, listener, mapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'shop', port: 0 });
const certificate = await aCertificate('metrics.example');
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http, { more: `statsPrefix: 'front.door"} 1'` }) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('tls', certificate) +
    host('*', 'tlsSecret: { name: tls }, requestPolicy: { insecure: { action: Route } }') +
    mapping('shop', backend.port, `prefix: /shop/, stats_name: 'shop.v1"x'`) +
    host('shop.route.example') +
    mapping('shop.v1', backend.port, 'hostname: shop.route.example, prefix: /dotted/') +
    mapping('idle', 'localhost:1', 'prefix: /idle/, stats_name: idle'),
  ['--envoy-max-heap', '4096', '--route-stats'],
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

const scraped = async (path = '/metrics'): Promise<string> =>
  await (await fetch(`http://127.0.0.1:${gateway.adminPort}${path}`)).text();

const valueOf = async (series: string): Promise<number | undefined> =>
  readScrape(await scraped()).values.get(series);

test.before(async () => {
  const path = '/shop/a/?token=b';
  await gateway.ask({ path, headers: { 'user-agent': '"} 1\\\t%REQ(x)%' } });
  await gateway.ask({ path: '/dotted/', host: 'shop.route.example' });
  await gateway.ask({ path: '/nothing', sni: 'metrics.example' });
});

test('a request is found again by its cluster, its listener and the class of its status', async (t) => {
  const shop = 'envoy_cluster_name="shop_v1_x"';
  t.is(await valueOf(`envoy_cluster_upstream_rq_total{${shop}}`), 1);
  t.is(await valueOf(`envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",${shop}}`), 1);
  const front = 'envoy_http_conn_manager_prefix="front_door___1"';
  t.is(await valueOf(`envoy_http_downstream_rq_xx{envoy_response_code_class="2",${front}}`), 2);
  const address = `envoy_listener_address="0.0.0.0_${gateway.ports.https}"`;
  const https = `envoy_http_conn_manager_prefix="ingress_https",${address}`;
  t.is(
    await valueOf(`envoy_listener_http_downstream_rq_xx{envoy_response_code_class="4",${https}}`),
    1,
  );
  t.is(await valueOf('headgate_envoy_scrape_success'), 1);
});

test('with --route-stats it is found by its route, also where names have dots', async (t) => {
  const route = 'envoy_virtual_host="shop.route.example",envoy_route="Mapping default/shop.v1"';
  t.is(await valueOf(`envoy_vhost_route_upstream_rq_total{${route}}`), 1);
  t.is(
    await valueOf(`envoy_vhost_route_upstream_rq_xx{envoy_response_code_class="2",${route}}`),
    1,
  );
  const idle = 'envoy_virtual_host="*",envoy_route="Mapping default/idle"';
  t.is(await valueOf(`envoy_vhost_route_upstream_rq_total{${idle}}`), 0);
});

const times = [
  'envoy_cluster_upstream_rq_time_count{envoy_cluster_name="shop_v1_x"}',
  'envoy_vhost_route_upstream_rq_time_count{envoy_virtual_host="*",envoy_route="Mapping default/shop"}',
];

test('how long answers take is told when Envoy has gathered it', async (t) => {
  for (const count of times)
    await eventually(`Envoy tells ${count}`, async () => (await valueOf(count)) === 1);
  t.pass();
});

test('a cluster that gets no requests has no series, also when all are asked for', async (t) => {
  const all = await scraped('/metrics?envoy=all');
  t.true(all.includes('envoy_cluster_name="shop_v1_x"'));
  t.false(all.includes('envoy_cluster_name="idle"'));
  t.true(all.includes('envoy_cluster_manager_cluster_added'));
  t.false((await scraped()).includes('envoy_cluster_manager_cluster_added'));
});

test('the list is bounded: nothing of Envoy is shown that is not in it', async (t) => {
  const listed = new Set(envoySeries.map(({ name }) => name));
  const shown = [...readScrape(await scraped()).types.keys()];
  t.true(shown.length > 50);
  t.deepEqual(
    shown.filter((name) => name.startsWith('envoy_') && !listed.has(name)),
    [],
  );
});

test('what is shown is as Prometheus wants it, but for the names that Envoy gives its counters', async (t) => {
  const { said } = await promtool(['check', 'metrics'], await scraped());
  const known = /^envoy_\w+ counter metrics should have "_total" suffix$/;
  t.deepEqual(
    said.split('\n').filter((line) => line !== '' && !known.test(line)),
    [],
  );
});

test('no label is a part of a name: of all series, none has a name of ours in it', async (t) => {
  const names = [...readScrape(await scraped('/metrics?envoy=all')).types.keys()];
  t.deepEqual(
    names.filter(
      (name) => /shop|front|door|shards|metrics|tls_/.test(name) && !/inspector/.test(name),
    ),
    [],
  );
});

test('the list says of each series what a real Envoy says', async (t) => {
  t.timeout(120_000);
  const envoy = await anIrInEnvoy();
  t.teardown(envoy.stop);
  const port = async (): Promise<Port> => (await freePort()) as Port;
  const rsa = anAuthority('ca').sign({ names: ['*.b.example'], key: 'rsa' });
  await envoy.serve(
    everyFieldIr({
      chain: certificate.certificate,
      key: new Sensitive('handle', certificate.privateKey),
      ports: [await port(), await port(), await port(), await port()],
      rsa: {
        certificateChain: rsa.certificate,
        privateKey: new Sensitive('rsa', rsa.privateKey),
      },
      authorities: certificate.certificate,
    }),
  );
  const text = async (): Promise<string> =>
    String(await buffer(await envoy.admin.prometheus('', AbortSignal.timeout(60_000))));
  const [here, there] = [readScrape(await scraped()), readScrape(await text())];
  for (const { name, type, labels } of envoySeries) {
    const worlds = [here, there].filter(({ types }) => types.has(name));
    t.true(worlds.length > 0, name);
    for (const { types, labels: found } of worlds) {
      t.is(types.get(name), type, name);
      t.deepEqual([...(found.get(name) ?? [])].sort(), [...labels].sort(), name);
    }
  }
});
