import test from 'ava';

import type { RouteRoute as RouteMessage } from '../../../proto/envoy.ts';
import type { Route } from '../../../src/ir/route.ts';
import { route } from '../../../src/xds/route/route.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { startStaticEnvoy } from '../../_support/envoy/static-envoy.ts';
import { aHost, aListener, aMapping, routesOf, translated } from '../../_support/world/builders.ts';

const elsewhere = { service: 'elsewhere', host_redirect: true };
const translation = translated(
  aListener('default/http', { securityModel: 'XFP' }),
  aHost('default/all', { requestPolicy: { insecure: { action: 'Redirect' } } }),
  aMapping('default/acme', { prefix: '/.well-known/acme-challenge/', ...elsewhere }),
  aMapping('default/web', { prefix: '/web/', ...elsewhere }),
);

/** The same route, which tells the client what it would tell an access log. */
const telling = (source: Route): RouteMessage => ({
  ...route(source),
  response_headers_to_add: [{ header: { key: 'x-route', value: '%ROUTE_NAME%' } }],
});

test('Envoy knows whose requests a route answers, also the redirect to HTTPS in its place', async (t) => {
  const { port } = await startStaticEnvoy(t, {
    name: 'web',
    virtual_hosts: [{ name: '*', domains: ['*'], routes: routesOf(translation).map(telling) }],
  });
  const told = async (path: string) => (await ask({ port, path })).headers['x-route'];
  t.is(await told('/.well-known/acme-challenge/1'), 'Mapping default/acme');
  t.is(await told('/web/'), 'Mapping default/web');
});
