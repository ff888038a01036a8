import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping(
      'cors',
      a.port,
      `prefix: /cors/,
       cors: {
         origins: ['https://app.example', 'https://other.example'],
         methods: [GET, PUT],
         headers: [x-token, content-type],
         exposed_headers: [x-count],
         credentials: true,
         max_age: '600',
       }`,
    ) +
    mapping('closed', a.port, 'prefix: /closed/'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const preflight = async (path: string, origin: string) =>
  await gateway.ask({
    path,
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT' },
  });

test('a preflight from a known origin is answered with the policy', async (t) => {
  const { status, headers, said } = await preflight('/cors/', 'https://app.example');
  t.is(status, 200);
  t.is(said.service, undefined);
  t.is(headers['access-control-allow-origin'], 'https://app.example');
  t.is(headers['access-control-allow-methods'], 'GET, PUT');
  t.is(headers['access-control-allow-headers'], 'x-token, content-type');
  t.is(headers['access-control-allow-credentials'], 'true');
  t.is(headers['access-control-max-age'], '600');
});

test('a preflight from an unknown origin is allowed nothing', async (t) => {
  const { headers } = await preflight('/cors/', 'https://app.example.evil');
  t.is(headers['access-control-allow-origin'], undefined);
});

test('an actual request goes to the service and tells the browser who may read it', async (t) => {
  const { headers, said } = await gateway.ask({
    path: '/cors/',
    headers: { origin: 'https://other.example' },
  });
  t.is(said.service, 'a');
  t.is(headers['access-control-allow-origin'], 'https://other.example');
  t.is(headers['access-control-expose-headers'], 'x-count');
});

test('a Mapping without a policy leaves the question to its service', async (t) => {
  const { said, headers } = await preflight('/closed/', 'https://app.example');
  t.is(said.method, 'OPTIONS');
  t.is(headers['access-control-allow-origin'], undefined);
});
