import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  host,
  listener,
  moduleOf,
  service,
  slice,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const backends = await Promise.all(['shop', 'evil'].map((name) => startBackend({ name, port: 0 })));

/** An object of a namespace, which names none itself. */
const within = (namespace: string, manifests: string): string =>
  manifests.replaceAll('metadata: { ', `metadata: { namespace: ${namespace}, `);

const ingress = (name: string, fields: string): string => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { ingressClassName: ambassador, ${fields} }
`;

const to = 'backend: { service: { name: web, port: { number: 80 } } }';

const rule = (name: string, path = '/'): string =>
  `rules: [{ host: ${name}, http: { paths: [{ path: ${path}, pathType: Prefix, ${to} }] } }]`;

const everything = 'defaultBackend: { service: { name: web, port: { number: 80 } } }';

const tls = (name: string): string => `tls: [{ hosts: [${name}], secretName: cert }]`;

/** The Service `web` of a namespace, which says who it is. */
const web = (port: number): string =>
  service('web') +
  slice('web-1', 'web', `ports: [{ port: ${port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`);

const world = ({ http, https }: Gateway['ports']): string =>
  within(
    'gateway',
    listener('http', http) +
      listener('https', https, { protocol: 'HTTPS' }) +
      moduleOf('resolver: endpoint'),
  ) +
  ['shop', 'evil'].map((name, i) => within(name, web(backends[i]?.port ?? 0))).join('') +
  within('shop', host('shop.example'));

const gateways = {
  shared: await aGateway(world, ['--namespace', 'gateway']),
  isolated: await aGateway(world, ['--namespace', 'gateway', '--isolation']),
  poisoned: await aGateway(
    (ports) => world(ports) + within('shop', host('*')),
    ['--namespace', 'gateway'],
    join(import.meta.dirname, '../../_support/process/poisoned-run.ts'),
  ),
};
test.after.always(async () => {
  await Promise.all(Object.values(gateways).map(async ({ stop }) => await stop()));
  await Promise.all(backends.map(async (one) => await one?.close()));
});

const answer = async (gateway: Gateway, path: string, name: string): Promise<unknown> => {
  const { status, said } = await gateway.ask({ path, host: name });
  return said.service ?? status;
};

/** What the owner of an Ingress is told: of which field, and what. */
const told = async (gateway: Gateway, object: string): Promise<readonly string[]> =>
  (await gateway.problems(object)).map(({ field, problem }) => `${field} ${problem}`);

for (const kind of ['shared', 'isolated'] as const)
  test.serial(`an Ingress takes paths of a Host of another namespace: ${kind}`, async (t) => {
    const [gateway, isOpen] = [gateways[kind], kind === 'shared'];
    await gateway.apply(
      'shop.yaml',
      within('shop', ingress('shop', rule('shop.example', '/cart'))),
    );
    await gateway.apply(
      'evil.yaml',
      within('evil', ingress('evil', `${everything}, ${rule('shop.example', '/login')}`)),
    );
    t.is(await answer(gateway, '/cart', 'shop.example'), 'shop');
    t.is(await answer(gateway, '/login', 'shop.example'), isOpen ? 'evil' : 404);
    t.is(await answer(gateway, '/other', 'shop.example'), isOpen ? 'evil' : 404);
    t.deepEqual(
      await told(gateway, 'Ingress evil/evil'),
      isOpen ? [] : ['spec.rules[0].http.paths[0] NotAttached', 'spec.defaultBackend NotAttached'],
    );
  });

test.serial('TLS of an Ingress takes no name that a Host of another namespace has', async (t) => {
  const gateway = gateways.isolated;
  const certificate = await aCertificate('shop.example');
  await gateway.apply(
    'evil.yaml',
    within(
      'evil',
      tlsSecret('cert', certificate) +
        ingress('evil', `${rule('shop.example')}, ${tls('shop.example')}`),
    ),
  );
  await t.throwsAsync(gateway.ask({ sni: 'shop.example' }));
  t.is(await answer(gateway, '/cart', 'shop.example'), 'shop');
  t.is(await answer(gateway, '/other', 'shop.example'), 404);
  t.true((await told(gateway, 'Ingress evil/evil')).includes('spec.tls[0].hosts[0] Conflict'));
});

test.serial(
  'an Ingress that Envoy refuses stays as it was, and no other one is touched',
  async (t) => {
    const gateway = gateways.poisoned;
    const shop = (path: string, more = ''): string =>
      within('shop', ingress('shop', rule('shop.example', path)) + more);
    const beside = ingress('beside', rule('shop.example', '/beside'));
    await gateway.apply('shop.yaml', shop('/cart', beside));
    t.is(await answer(gateway, '/cart', 'shop.example'), 'shop');

    await gateway.apply('shop.yaml', shop('/poison-route', beside.replace('/beside', '/aside')));
    await eventually('its owner is told', async () =>
      (await told(gateway, 'Ingress shop/shop')).some((one) => one.endsWith(' RefusedByEnvoy')),
    );
    await eventually('the other one is as it is written', async () =>
      Object.is(await answer(gateway, '/aside', 'shop.example'), 'shop'),
    );
    t.is(await answer(gateway, '/cart', 'shop.example'), 'shop');
    t.deepEqual(await told(gateway, 'Ingress shop/beside'), []);

    await gateway.apply('shop.yaml', shop('/mended', beside));
    t.is(await answer(gateway, '/mended', 'shop.example'), 'shop');
    t.is(await answer(gateway, '/cart', 'shop.example'), 404);
    t.deepEqual(await told(gateway, 'Ingress shop/shop'), []);
  },
);
