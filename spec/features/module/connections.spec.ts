import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { rawConnection } from '../../_support/envoy/raw-connection.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('all', backend.port, "prefix: /, rewrite: ''"),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

/** Does something while a Module has these settings; nothing is wrong with it. */
const withModule = async (config: string): Promise<void> => {
  await gateway.apply('module.yaml', moduleOf(config));
};

/** The header of what the backend got. */
const told = async (name: string, headers: Readonly<Record<string, string>> = {}) =>
  (await gateway.ask({ headers })).said.headers[name];

const raw = async (request: string) => {
  const connection = rawConnection(gateway.ports.http);
  const answer = await connection.ask(request);
  connection.close();
  return answer;
};

test.serial('no setting of connections is a problem', async (t) => {
  await withModule(
    'use_remote_address: true, enable_http10: false, preserve_external_request_id: false, proper_case: false',
  );
  t.deepEqual(await gateway.problems('Module default/ambassador'), []);
});

test.serial('server_name is what the header server says', async (t) => {
  await withModule('server_name: edge');
  t.is((await gateway.ask()).headers.server, 'edge');
  await withModule('');
  t.is((await gateway.ask()).headers.server, 'envoy');
});

test.serial(
  'with use_remote_address false a client is who x-forwarded-for says it is',
  async (t) => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    await withModule('use_remote_address: true');
    t.regex((await told('x-forwarded-for', headers)) ?? '', /^203\.0\.113\.7,/);
    await withModule('use_remote_address: false');
    t.is(await told('x-forwarded-for', headers), '203.0.113.7');
  },
);

test.serial('HTTP/1.0 is answered with enable_http10 alone', async (t) => {
  const old = 'GET /a/ HTTP/1.0\r\nhost: a\r\n\r\n';
  await withModule('enable_http10: false');
  t.regex((await raw(old)).status, / 426 /);
  await withModule('enable_http10: true');
  t.regex((await raw(old)).status, / 200 /);
});

test.serial(
  'a request with a length and chunks is refused without allow_chunked_length',
  async (t) => {
    const both =
      'POST /a/ HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    await withModule('allow_chunked_length: false');
    t.regex((await raw(both)).status, / 400 /);
    await withModule('allow_chunked_length: true');
    t.regex((await raw(both)).status, / 200 /);
  },
);

test.serial('headers with underscores pass, or are dropped, or refused', async (t) => {
  const headers = { x_a: '1' };
  await withModule('headers_with_underscores_action: ALLOW');
  t.is(await told('x_a', headers), '1');
  await withModule('headers_with_underscores_action: DROP_HEADER');
  t.is(await told('x_a', headers), undefined);
  await withModule('headers_with_underscores_action: REJECT_REQUEST');
  t.is((await gateway.ask({ headers })).status, 400);
});

test.serial('headers may be as large as max_request_headers_kb', async (t) => {
  const headers = { 'x-a': 'a'.repeat(10_000) };
  await withModule('max_request_headers_kb: 4');
  t.is((await gateway.ask({ headers })).status, 431);
  await withModule('max_request_headers_kb: 20');
  t.is((await gateway.ask({ headers })).status, 200);
});

test.serial('slashes are merged with merge_slashes alone', async (t) => {
  const path = async () => (await gateway.ask({ path: '/a//b' })).said.path;
  await withModule('merge_slashes: false');
  t.is(await path(), '/a//b');
  await withModule('merge_slashes: true');
  t.is(await path(), '/a/b');
});

test.serial(
  'escaped slashes are refused with reject_requests_with_escaped_slashes alone',
  async (t) => {
    const status = async () => (await gateway.ask({ path: '/a%2Fb' })).status;
    await withModule('reject_requests_with_escaped_slashes: false');
    t.is(await status(), 200);
    await withModule('reject_requests_with_escaped_slashes: true');
    t.is(await status(), 400);
  },
);

test.serial(
  'the port of a Host header is taken off with strip_matching_host_port alone',
  async (t) => {
    const name = async () =>
      (await gateway.ask({ host: `a.example:${gateway.ports.http}` })).said.headers['host'];
    await withModule('strip_matching_host_port: false');
    t.is(await name(), `a.example:${gateway.ports.http}`);
    await withModule('strip_matching_host_port: true');
    t.is(await name(), 'a.example');
  },
);

test.serial(
  'the request id of a client counts with preserve_external_request_id alone',
  async (t) => {
    const headers = { 'x-request-id': '11111111-2222-4333-8444-555555555555' };
    await withModule('preserve_external_request_id: false');
    t.not(await told('x-request-id', headers), headers['x-request-id']);
    await withModule('preserve_external_request_id: true');
    t.is(await told('x-request-id', headers), headers['x-request-id']);
  },
);

test.serial('the header of client certificates is dropped unless it is asked for', async (t) => {
  const headers = { 'x-forwarded-client-cert': 'By=a' };
  await withModule('forward_client_cert_details: SANITIZE');
  t.is(await told('x-forwarded-client-cert', headers), undefined);
  await withModule(
    'forward_client_cert_details: ALWAYS_FORWARD_ONLY, set_current_client_cert_details: { subject: true, uri: true }',
  );
  t.is(await told('x-forwarded-client-cert', headers), 'By=a');
});

test.serial('names of headers are written in proper case to clients of HTTP/1', async (t) => {
  const names = async () => (await raw('GET /a/ HTTP/1.1\r\nhost: a\r\n\r\n')).headers;
  const hasName = (headers: readonly string[], name: string) =>
    headers.some((line) => line.startsWith(`${name}: `));
  await withModule('proper_case: false');
  t.true(hasName(await names(), 'content-type'));
  await withModule('proper_case: true');
  t.true(hasName(await names(), 'Content-Type'));
});

test.serial('no header of Envoy is in a response with suppress_envoy_headers', async (t) => {
  const upstreamTime = async () => (await gateway.ask()).headers['x-envoy-upstream-service-time'];
  await withModule('suppress_envoy_headers: false');
  t.truthy(await upstreamTime());
  await withModule('suppress_envoy_headers: true');
  t.is(await upstreamTime(), undefined);
});

test.serial(
  'a connection on which nothing is asked is closed after listener_idle_timeout_ms',
  async (t) => {
    await withModule('listener_idle_timeout_ms: 300');
    const connection = rawConnection(gateway.ports.http);
    t.teardown(connection.close);
    const request = 'GET /a/ HTTP/1.1\r\nhost: a\r\n\r\n';
    t.regex((await connection.ask(request)).status, / 200 /);
    const isClosed = 'http.ingress_http.downstream_cx_idle_timeout';
    await eventually(
      'the connection is closed',
      async () => ((await gateway.envoy.stats(isClosed)).get(isClosed) ?? 0) > 0,
    );
    t.pass();
  },
);

test.serial('a body passes with any buffer_limit_bytes', async (t) => {
  await withModule('buffer_limit_bytes: 4096');
  const { status } = await gateway.ask({ method: 'POST', body: 'b'.repeat(100_000) });
  t.is(status, 200);
  t.regex(
    JSON.stringify(await gateway.envoy.configDump()),
    /"per_connection_buffer_limit_bytes":4096/,
  );
});

test.serial('without a Module all is as before', async (t) => {
  await gateway.remove('module.yaml');
  const { status, headers } = await gateway.ask({ path: '/a//b' });
  t.deepEqual([status, headers.server], [200, 'envoy']);
});
