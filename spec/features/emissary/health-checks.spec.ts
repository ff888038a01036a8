import { createServer } from 'node:http';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, openHost, service, slice } from '../../_support/world/routing-manifests.ts';

const well = await startBackend({ name: 'well', port: 0 });
let status = 503;
const asked: (readonly (string | undefined)[])[] = [];
const sick = createServer(({ url, headers }, response) => {
  if (url === '/up') asked.push([headers.host, headers['x-probe']?.toString()]);
  response.writeHead(url === '/up' ? status : 500).end('{"headers":{}}');
});
const { port, close } = await listening(sick);
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    service('two') +
    [well.port, port]
      .map((one, i) =>
        slice(
          `two-${i}`,
          'two',
          `ports: [{ port: ${one} }]\nendpoints: [{ addresses: [127.0.0.1] }]`,
        ),
      )
      .join(''),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), well.close(), close()]);
});

/** The statuses of ten answers. */
const ten = async (): Promise<readonly number[]> => {
  const met = new Set<number>();
  for (let i = 0; i < 10; i += 1) met.add((await gateway.ask({ path: '/two/' })).status);
  return [...met].sort();
};

test('an endpoint that fails its health check gets no requests until it answers as it should', async (t) => {
  await gateway.apply(
    'two.yaml',
    mapping(
      'two',
      'two',
      `hostname: '*', prefix: /two/, resolver: endpoint, health_checks: [{ interval: 100ms, timeout: 1s,
       health_check: { http: { path: /up, hostname: up.example, add_request_headers: { x-probe: { value: headgate } },
       expected_statuses: [{ min: 200, max: 204 }, { min: 404, max: 404 }] } } }]`,
    ),
  );
  t.deepEqual(await gateway.problems('Mapping default/two'), []);
  await eventually('the one is out', async () => (await ten()).join() === '200');
  t.deepEqual(asked[0], ['up.example', 'headgate']);
  status = 204;
  await eventually('it is in again', async () => (await ten()).join() === '200,500');
});

test('Linkerd is told of the service, and not by the client', async (t) => {
  await gateway.apply(
    'linkerd.yaml',
    mapping('linkerd', well.port, 'prefix: /linkerd/, add_linkerd_headers: true'),
  );
  const { said } = await gateway.ask({
    path: '/linkerd/',
    headers: { 'l5d-dst-override': 'evil.example:80' },
  });
  t.is(said.headers['l5d-dst-override'], `127.0.0.1:${well.port}`);
});
