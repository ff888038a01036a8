import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  backend,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';
import { tlsSecret } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const certificate = await aCertificate('own.example', '*.wild.example', 'any.example');

const tls = (name: string, port: number, hostname?: string, secret = 'cert'): string =>
  `{ name: ${name}, port: ${port}, protocol: HTTPS, tls: { certificateRefs: [{ name: ${secret} }] }
   ${hostname === undefined ? '' : `, hostname: '${hostname}'`} }`.replaceAll('\n', '');

const to = (section: string): string =>
  httpRoute(
    section,
    `parentRefs: [{ name: gw, sectionName: ${section} }], rules: [${rule(`/${section}`, 'a')}]`,
  );

const gateway = await aGateway(
  ({ https }) =>
    ourClass +
    gatewayOf([
      tls('any', https),
      tls('own', https, 'own.example'),
      tls('wild', https, '*.wild.example'),
      tls('inside', https, 'inside.wild.example'),
      tls('broken', https, 'broken.wild.example', 'nowhere'),
    ]) +
    tlsSecret('cert', certificate) +
    backend('a', a.port) +
    ['any', 'own', 'wild', 'inside', 'broken'].map(to).join('') +
    // It is attached to a listener that does not have the name.
    httpRoute(
      'elsewhere',
      `parentRefs: [{ name: gw, sectionName: wild }],
       hostnames: [inside.wild.example, broken.wild.example], rules: [${rule('/', 'a')}]`,
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const who =
  (t: ExecutionContext, { ask }: Gateway) =>
  async (sni: string, host: string, path: string, expected: string | number): Promise<void> => {
    const { said, status } = await ask({ sni, host, path });
    t.is(said.service ?? status, expected, `${sni} ${host}${path}`);
  };

test('a request is only for the listener of its server name and its host', async (t) => {
  const asked = who(t, gateway);
  await asked('own.example', 'own.example', '/own', 'a');
  await asked('own.example', 'own.example', '/any', 404);
  await asked('x.wild.example', 'x.wild.example', '/wild', 'a');
  await asked('x.wild.example', 'y.wild.example', '/wild', 'a');
  await asked('inside.wild.example', 'inside.wild.example', '/inside', 'a');
  await asked('inside.wild.example', 'inside.wild.example', '/wild', 404);
  await asked('any.example', 'any.example', '/any', 'a');
  await asked('any.example', 'other.example', '/any', 'a');
  await asked('any.example', 'other.example', '/nothing', 404);
});

test('a request for a host of another listener is told to use another connection', async (t) => {
  const asked = who(t, gateway);
  for (const [sni, host] of [
    ['any.example', 'own.example'],
    ['any.example', 'x.wild.example'],
    ['own.example', 'any.example'],
    ['own.example', 'x.wild.example'],
    ['x.wild.example', 'own.example'],
    ['x.wild.example', 'any.example'],
    ['x.wild.example', 'inside.wild.example'],
    ['inside.wild.example', 'x.wild.example'],
    ['x.wild.example', 'broken.wild.example'],
  ] as const)
    await asked(sni, host, '/', 421);
});

test('a listener without a certificate refuses its name, and none around it takes it over', async (t) => {
  await t.throwsAsync(gateway.ask({ sni: 'broken.wild.example', path: '/wild' }));
});
