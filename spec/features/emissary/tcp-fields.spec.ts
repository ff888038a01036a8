import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { say, sayOverTls, startRepeater } from '../../_support/envoy/connections.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { tlsContext } from '../../_support/tls/tls-manifests.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  moduleOf,
  service,
  slice,
  tcpMapping,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const [a, b] = [await startRepeater('a'), await startRepeater('b')];
const one = await aCertificate('one.example', 'two.example');
const gateway = await aGateway(() => tlsSecret('one', one));
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const { http, https, other } = gateway.ports;

/** What a story adds, in place of what the one before it added. */
const serve = async (manifests: string): Promise<void> =>
  await gateway.apply('story.yaml', manifests);

const answer = async (port: number): Promise<string> => await say(port, 'hello').catch(() => '');

const dumped = async (): Promise<string> => JSON.stringify(await gateway.envoy.configDump());

const isRefused = async (object: string): Promise<boolean> =>
  (await gateway.problems(object)).some(({ problem }) => problem === 'RefusedByEnvoy');

test.serial('cluster_tag gives a TCPMapping a cluster of its own', async (t) => {
  const to = (name: string, port: number, more: string): string =>
    tcpMapping(name, a.port, `port: ${port}${more}`);
  await serve(to('blue', other, ', cluster_tag: blue') + to('plain', http, ''));
  t.deepEqual([await answer(other), await answer(http)], ['a: hello', 'a: hello']);
  t.regex(await dumped(), new RegExp(`"cluster_blue_127_0_0_1_${a.port}_default`));
  t.regex(await dumped(), new RegExp(`"cluster_127_0_0_1_${a.port}_default`));
});

test.serial('enable_ipv4 and enable_ipv6 say which addresses of a name are tried', async (t) => {
  const isTried = async (v4: boolean, v6: boolean, families: readonly string[]): Promise<void> => {
    const fields = `port: ${other}, enable_ipv4: ${v4}, enable_ipv6: ${v6}`;
    await serve(tcpMapping('named', `localhost:${a.port}`, fields));
    await eventually(`${families.join()} alone is left`, async () => {
      const found = (await dumped()).matchAll(/"dns_lookup_family":"(\w+)"/g);
      return Array.from(found, ([, family = '']) => family).join() === families.join();
    });
  };
  await isTried(true, true, []); // AUTO is the default, which is not shown.
  // The backend has an IPv4 address alone.
  await isTried(false, true, ['V6_ONLY']);
  t.is(await answer(other), '');
  await isTried(true, false, ['V4_ONLY']);
  t.is(await answer(other), 'a: hello');
});

test.serial('with an endpoint resolver connections go to the Pods of a Service', async (t) => {
  const at = (port: number): string =>
    service('db', 'ports: [{ name: tcp, port: 5432 }]') +
    slice(
      'db-1',
      'db',
      `ports: [{ name: tcp, port: ${port} }]\nendpoints: [{ addresses: ['127.0.0.1'] }]`,
    );
  const mapped = tcpMapping('db', 'db:5432', `port: ${other}, resolver: endpoint`);
  await serve(mapped + at(a.port));
  t.is(await answer(other), 'a: hello');
  await serve(mapped + at(b.port));
  t.is(await answer(other), 'b: hello');
  await serve(mapped + service('db', 'ports: [{ name: tcp, port: 5432 }]'));
  t.is(await answer(other), '', 'nobody is there');
});

test.serial('buffer_limit_bytes and the access log of a Module count on their ports', async (t) => {
  await serve(
    tcpMapping('a', a.port, `port: ${other}`) +
      moduleOf("buffer_limit_bytes: 4096, envoy_log_format: 'PASSED %BYTES_RECEIVED% bytes'"),
  );
  t.is((await say(other, 'b'.repeat(100_000))).length, 100_003);
  t.regex(await dumped(), /"per_connection_buffer_limit_bytes":4096/);
  await eventually('the line', () => `${gateway.output()}`.includes('PASSED 100000 bytes\n'));
  await serve(tcpMapping('a', a.port, `port: ${other}`));
  t.notRegex(await dumped(), /"per_connection_buffer_limit_bytes":4096/);
});

test.serial('what Envoy refuses of the way to a service costs that TCPMapping alone', async (t) => {
  const both = (settings: string): string =>
    tlsContext('way', settings) +
    tcpMapping('broken', a.port, `port: ${other}, tls: way`) +
    tcpMapping('steady', a.port, `port: ${http}`);
  await serve(both('cipher_suites: [ALL, "!ALL"]'));
  t.deepEqual([await answer(other), await answer(http)], ['', 'a: hello']);
  await eventually('it is told', async () => await isRefused('TLSContext default/way'));
  t.deepEqual(await gateway.problems('TCPMapping default/steady'), []);
  await serve(both('min_tls_version: v1.2'));
  t.deepEqual(await gateway.problems('TLSContext default/way'), []);
});

test.serial('what Envoy refuses of one name costs no other name of the port', async (t) => {
  const both = (settings: string): string =>
    tlsContext('broken', `hosts: [one.example], secret: one, ${settings}`) +
    tlsContext('steady', 'hosts: [two.example], secret: one') +
    tcpMapping('broken', a.port, `port: ${https}, host: one.example`) +
    tcpMapping('steady', b.port, `port: ${https}, host: two.example`);
  const said = async (servername: string): Promise<string> =>
    await sayOverTls(https, 'hello', { servername }).catch(() => 'nothing');
  await serve(both('').replace('one.example], secret: one', 'elsewhere.example], secret: one'));
  t.deepEqual([await said('one.example'), await said('two.example')], ['nothing', 'b: hello']);
  await serve(both('cipher_suites: [ALL, "!ALL"]'));
  t.deepEqual([await said('one.example'), await said('two.example')], ['nothing', 'b: hello']);
  await eventually('it is told', async () => await isRefused('TLSContext default/broken'));
  t.deepEqual(await gateway.problems('TLSContext default/steady'), []);
  await serve(both('min_tls_version: v1.2'));
  t.deepEqual([await said('one.example'), await said('two.example')], ['a: hello', 'b: hello']);
  await serve(both('cipher_suites: [ALL, "!ALL"]'));
  t.is(await said('one.example'), 'a: hello', 'the version before serves on');
});
