import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { answered, type Expected } from '../../_support/envoy/answers.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';
import { host, listener, mapping, service } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });

/** Gateways share a Service, whose port 80 leads to a port that a Listener of Emissary's has, too. */
const gateway = await aGateway(
  ({ http, other }) =>
    service(
      'headgate',
      `clusterIP: 10.0.0.1, ports: [{ port: 80, targetPort: ${http} }, { port: 81, targetPort: ${other} }]`,
    ) +
    listener('http', http) +
    host('*') +
    host('mapped.example') +
    mapping('all', b.port, 'prefix: /mapped/') +
    ourClass +
    gatewayOf([cleartext('any', 80), cleartext('own', 80, 'hostname: own.example')], { more: '' }) +
    gatewayOf([cleartext('late', 80, 'hostname: own.example'), cleartext('more', 81)], {
      name: 'gw-2',
      more: '',
    }) +
    backend('a', a.port) +
    httpRoute('routed', `rules: [${rule('/routed', 'a')}]`) +
    httpRoute('late', `parentRefs: [{ name: gw-2 }], rules: [${rule('/late', 'a')}]`),
  ['--gateway-service', 'default/headgate'],
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** Who answers each of these requests. */
const answers = test.macro<[expected: readonly Expected[]]>(
  async (t, expected) => await answered(t, gateway, '', expected),
);

test('Mappings and routes answer on one port, also for one host', answers, [
  ['a', { path: '/routed', host: 'any.example' }],
  ['b', { path: '/mapped/', host: 'any.example' }],
  ['b', { path: '/mapped/', host: 'mapped.example' }],
  [404, { path: '/routed', host: 'mapped.example' }],
  ['a', { path: '/routed', host: 'own.example' }],
  [404, { path: '/mapped/', host: 'own.example' }],
]);

test('of two Gateways that want one hostname on a port, one has it, and both have what nobody else wants', async (t) => {
  const { http, other } = gateway.ports;
  const who = async (port: number, host: string): Promise<string | number> => {
    const { said, status } = await gateway.ask({ port, host, path: '/late' });
    return said.service ?? status;
  };
  t.is(await who(http, 'own.example'), 404);
  t.is(await who(other, 'own.example'), 'a');
  t.is(await who(http, 'any.example'), 404);
  const [problem] = await gateway.problems('Gateway default/gw-2');
  t.is(problem?.problem, 'Conflict');
});
