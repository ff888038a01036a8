import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startTellingBackend } from '../../_support/envoy/telling-backend.ts';
import { rawConnection } from '../../_support/envoy/raw-connection.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const telling = await startTellingBackend('b');
const world = (ports: { readonly http: number }): string =>
  openHost(ports) +
  mapping('all', backend.port, "prefix: /, rewrite: ''") +
  mapping('told', telling.port, 'prefix: /told/') +
  mapping('moved', 'other.example', 'prefix: /moved/, host_redirect: true');
const [gateway, isolated] = [await aGateway(world), await aGateway(world, ['--isolation'])];
test.after.always(async () => {
  await Promise.all([gateway.stop(), isolated.stop(), backend.close(), telling.close()]);
});

const withModule = async (config: string): Promise<void> => {
  await gateway.apply('module.yaml', moduleOf(config));
};

const status = async (headers: Readonly<Record<string, string>> = {}) =>
  (await gateway.ask({ headers })).status;

test.serial('ip_deny refuses who is connected from an address, also redirects', async (t) => {
  await withModule('ip_deny: [{ peer: 127.0.0.0/8 }]');
  t.is(await status(), 403);
  t.is((await gateway.ask({ path: '/moved/' })).status, 403);
  await withModule('ip_deny: [{ peer: 10.0.0.0/8 }, { peer: "::1" }]');
  t.is(await status(), 200);
});

test.serial('ip_allow refuses everybody else', async (t) => {
  await withModule('ip_allow: [{ peer: 127.0.0.1 }]');
  t.is(await status(), 200);
  await withModule('ip_allow: [{ peer: 10.0.0.1 }]');
  t.is(await status(), 403);
});

test.serial('remote is who the client is, as far as proxies are trusted', async (t) => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  await withModule('ip_deny: [{ remote: 203.0.113.0/24 }]');
  t.is(await status(forwarded), 200);
  await withModule('use_remote_address: false, ip_deny: [{ remote: 203.0.113.0/24 }]');
  t.is(await status(forwarded), 403);
});

test.serial('with both a client must be allowed and not denied', async (t) => {
  await withModule('ip_allow: [{ peer: 127.0.0.0/8 }], ip_deny: [{ peer: 127.0.0.1 }]');
  t.is(await status(), 403);
});

test.serial('an address that cannot be read closes everything and says so', async (t) => {
  await withModule('ip_allow: [{ peer: 127.0.0.1 }, { peer: 127.0.0.0/64 }]');
  t.is(await status(), 503);
  t.like(await gateway.problems('Module default/ambassador'), [
    { problem: 'InvalidField', field: 'spec.config.ip_allow[1].peer' },
  ]);
});

test.serial('an edit of the rules changes no listener', async (t) => {
  await withModule('server_name: edge');
  const listeners = async () =>
    Object.fromEntries(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
  const before = await listeners();
  await withModule('server_name: edge, ip_deny: [{ peer: 127.0.0.1 }]');
  t.is(await status(), 403);
  await withModule('server_name: edge, ip_deny: [{ peer: 127.0.0.2 }]');
  t.is(await status(), 200);
  await withModule('server_name: edge');
  t.is(await status(), 200);
  t.deepEqual(await listeners(), before);
});

test.serial('lua_scripts run for every request', async (t) => {
  await withModule(
    `lua_scripts: "function envoy_on_request(h) h:headers():add('x-lua', 'on') end"`,
  );
  t.is((await gateway.ask()).said.headers['x-lua'], 'on');
  await withModule(
    `lua_scripts: "function envoy_on_request(h) h:respond({ [':status'] = '418' }, '') end"`,
  );
  t.is(await status(), 418);
});

test.serial('a script that Envoy refuses is said to be, and the former one stays', async (t) => {
  await withModule(
    `lua_scripts: "function envoy_on_request(h) h:headers():add('x-lua', 'good') end"`,
  );
  await gateway.apply('module.yaml', moduleOf(`lua_scripts: 'function ('`));
  t.is((await gateway.ask()).said.headers['x-lua'], 'good');
  await eventually('the Module is told', async () =>
    (await gateway.problems('Module default/ambassador')).some(
      ({ problem }) => problem === 'RefusedByEnvoy',
    ),
  );
  await gateway.remove('module.yaml');
});

test.serial('where namespaces are isolated no script runs, and nothing passes', async (t) => {
  await isolated.apply('module.yaml', moduleOf(`lua_scripts: 'function envoy_on_request(h) end'`));
  t.is((await isolated.ask()).status, 503);
  t.like(await isolated.problems('Module default/ambassador'), [
    { problem: 'InvalidField', field: 'spec.config.lua_scripts' },
  ]);
});

test.serial('gzip compresses for clients that accept it', async (t) => {
  const isCompressed = async (accepted: string) => {
    const connection = rawConnection(gateway.ports.http);
    const lines = ['GET /told/ HTTP/1.1', 'host: a', `accept-encoding: ${accepted}`, '\r\n'];
    const { headers } = await connection.ask(lines.join('\r\n'));
    connection.close();
    return headers.includes('content-encoding: gzip');
  };
  await withModule('gzip: { min_content_length: 30, compression_level: BEST, window_bits: 12 }');
  t.true(await isCompressed('gzip'));
  t.false(await isCompressed('br'));
  await withModule('gzip: { min_content_length: 100000 }');
  t.false(await isCompressed('gzip'));
  await withModule('gzip: { min_content_length: 30, content_type: [text/html] }');
  t.true(await isCompressed('gzip'));
});

test.serial('buffer answers 413 to longer bodies', async (t) => {
  await withModule('buffer: { max_request_bytes: 10 }');
  t.is((await gateway.ask({ method: 'POST', body: 'a'.repeat(11) })).status, 413);
  t.is((await gateway.ask({ method: 'POST', body: 'a'.repeat(10) })).status, 200);
});
