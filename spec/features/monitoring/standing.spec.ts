import { X509Certificate } from 'node:crypto';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import type { Endpoints } from '../../../src/ir/endpoints.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { opaqueSecret } from '../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  host,
  listener,
  mapping,
  service,
  slice,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const shop = await aCertificate('shop.example');
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('shop', shop) +
    host('shop.example', 'tlsSecret: { name: shop }') +
    mapping('all', backend.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

/** The value of a series now. */
const metric = async (series: string): Promise<number | undefined> => {
  const { body } = await ask({ port: gateway.adminPort, path: '/metrics' });
  const found = body.split('\n').find((line) => line.startsWith(`${series} `));
  return found === undefined ? undefined : Number(found.slice(series.length + 1));
};

test.serial('what Envoy has is told, and when it had it', async (t) => {
  const before = (await metric('headgate_configuration_published_timestamp_seconds')) ?? 0;
  const began = Date.now() / 1000;
  await gateway.apply('new.yaml', mapping('new', backend.port, 'prefix: /new/'));

  const published = (await metric('headgate_configuration_published_timestamp_seconds')) ?? 0;
  const applied =
    (await metric('headgate_configuration_applied_timestamp_seconds{envoy="local"}')) ?? 0;
  t.true(before < began && began <= published, `${before} ${began} ${published}`);
  t.true(published <= applied, `${published} ${applied}`);
  t.is(await metric('headgate_envoys_in_sync{envoy="local"}'), 1);
  t.is(await metric('headgate_envoy_behind_snapshots{envoy="local"}'), 0);
  t.is(await metric('headgate_envoy_behind_seconds{envoy="local"}'), 0);
  t.is(await metric('headgate_envoys_in_sync{envoy="remote"}'), 0);
});

test.serial('a Service without endpoints is counted, and no more when it has one', async (t) => {
  const endpoints = (list: string): string =>
    slice('web-1', 'web', `ports: [{ port: ${backend.port} }]\nendpoints: [${list}]`);
  await gateway.apply('slice.yaml', endpoints(''));
  await gateway.apply(
    'web.yaml',
    service('web') + mapping('web', 'web', 'prefix: /web/, resolver: endpoint'),
  );
  t.is(await metric('headgate_clusters_without_endpoints'), 1);
  const ir = await gateway.debug<{ readonly endpoints: Readonly<Record<string, Endpoints>> }>('ir');
  t.deepEqual(
    Object.values(ir.endpoints).flatMap((one) => (one.endpoints.length === 0 ? [one.name] : [])),
    ['default/web:80'],
  );

  // Nobody writes status for a folder, so the log says it, and counts it.
  const unavailable = 'headgate_backends_unavailable{reason="EndpointsNotFound"}';
  await eventually('it is said', async () => (await metric(unavailable)) === 1);

  await gateway.apply('slice.yaml', endpoints('{ addresses: [127.0.0.1] }'));
  t.is(await metric('headgate_clusters_without_endpoints'), 0);
  await eventually('it is over', async () => (await metric(unavailable)) === 0);
});

test.serial(
  'when the certificate of a Host expires is told, and follows its rotation',
  async (t) => {
    const series =
      'headgate_certificate_expiry_timestamp_seconds{hostname="shop.example",secret="default/shop"}';
    const end = ({ certificate }: typeof shop): number =>
      new X509Certificate(certificate).validToDate.getTime() / 1000;
    t.is(await metric(series), end(shop));

    const next = await aCertificate('shop.example', 'www.shop.example');
    await gateway.apply(
      'base.yaml',
      listener('http', gateway.ports.http) +
        listener('https', gateway.ports.https, { protocol: 'HTTPS' }) +
        tlsSecret('shop', next) +
        host('shop.example', 'tlsSecret: { name: shop }'),
    );
    t.is(await metric(series), end(next));

    await gateway.remove('base.yaml');
    t.is(await metric(series), undefined);
  },
);

test.serial(
  'when a list of revocations in use expires is told, and follows its renewal',
  async (t) => {
    const authority = anAuthority('known');
    const series = 'headgate_revocations_expiry_timestamp_seconds{secret="default/crl"}';
    const listed = async (seconds: number): Promise<void> => {
      const list = { 'crl.pem': authority.listUntil(seconds) };
      await gateway.apply('crl.yaml', opaqueSecret('crl', list));
    };
    await listed(3600);
    t.is(await metric(series), undefined, 'nobody uses it');
    await gateway.apply(
      'clients.yaml',
      tlsSecret('clients', shop) +
        opaqueSecret('ca', { 'tls.crt': authority.certificate }) +
        host(
          'clients.example',
          'tlsSecret: { name: clients }, tls: { ca_secret: ca, crl_secret: crl }',
        ),
    );
    const left = async (): Promise<number> => ((await metric(series)) ?? 0) - Date.now() / 1000;
    const first = await left();
    t.true(0 < first && first <= 3600, `${first}`);
    await listed(-30);
    t.true((await left()) < 0, 'expired');
    await gateway.remove('clients.yaml');
    t.is(await metric(series), undefined);
  },
);
