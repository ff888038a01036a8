import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { upgraded } from '../../_support/envoy/upgraded.ts';
import { startCallBackend, startSocketBackend } from '../../_support/gateway/speaking-backends.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  routeOf,
} from '../../_support/world/gateway-api/manifests.ts';

const asked = new Map<string, number>();
const copies: string[] = [];
const a = await startBackend({ name: 'a', port: 0 });
const calls = await startCallBackend();
const sockets = await startSocketBackend();
const copy = await listening(
  createServer(({ url = '' }, response) => {
    copies.push(url);
    response.writeHead(500).end();
  }),
);
/** Answers the second request for a path; the first one it answers with 503, or not at all below `/slow`. */
const second = await listening(
  createServer(({ url = '' }, response) => {
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    if (times === 1 && url.startsWith('/slow')) return;
    response.writeHead(times === 1 ? 503 : 200).end();
  }),
);

/** A backend whose Service says what it speaks. */
const speaking = (name: string, port: number, appProtocol: string): string =>
  backend(name, port).replace('port: 80 }]', `port: 80, appProtocol: ${appProtocol} }]`);

const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([cleartext('http', http)]) +
    backend('a', a.port) +
    backend('copy', copy.port) +
    backend('second', second.port) +
    backend('calls', calls.port) +
    speaking('h2c', calls.port, 'kubernetes.io/h2c') +
    speaking('sockets', sockets.port, 'kubernetes.io/ws') +
    speaking('secure', a.port, 'https'),
);
test.after.always(async () => {
  await Promise.all([
    gateway.stop(),
    ...[a, calls, sockets, copy, second].map(async (one) => await one.close()),
  ]);
});

const { http } = gateway.ports;

const to = (name: string, more = ''): string =>
  `{ backendRefs: [{ name: ${name}, port: 80 }]${more} }`;

test('a Service that says it speaks HTTP/2 is spoken to so', async (t) => {
  await gateway.apply(
    'h2c.yaml',
    httpRoute('h2c', `hostnames: [h2c.example], rules: [${to('h2c')}]`) +
      httpRoute('h1', `hostnames: [h1.example], rules: [${to('calls')}]`),
  );
  t.is((await gateway.ask({ host: 'h2c.example' })).headers['x-version'], '2');
  t.is((await gateway.ask({ host: 'h1.example' })).status, 502);
});

test('a Service that says it speaks WebSocket is, and another one is not', async (t) => {
  await gateway.apply(
    'ws.yaml',
    httpRoute('ws', `hostnames: [ws.example], rules: [${to('sockets')}]`) +
      httpRoute('no-ws', `hostnames: [no-ws.example], rules: [${to('a')}]`),
  );
  t.is(await upgraded(http, '/', 'over and back', 'ws.example'), 'over and back');
  t.is(await upgraded(http, '/', 'never', 'no-ws.example'), 403);
});

test('nothing is sent in cleartext to a Service that says it speaks TLS', async (t) => {
  await gateway.apply(
    'https.yaml',
    httpRoute('s', `hostnames: [s.example], rules: [${to('secure')}]`),
  );
  t.is((await gateway.ask({ host: 's.example' })).status, 500);
});

/** Calls a method, and tells its status and the path that the backend saw. */
const called = async (host: string, path: string): Promise<string> => {
  const session = connect(`http://127.0.0.1:${http}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    ':authority': host,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let status = '';
  let seen = '';
  const note = (headers: Readonly<Record<string, unknown>>): void => {
    if (headers['grpc-status'] !== undefined) status = String(headers['grpc-status']);
    if (headers['x-path'] !== undefined) seen = String(headers['x-path']);
  };
  stream.on('response', note);
  stream.on('trailers', note);
  stream.resume();
  stream.end();
  await once(stream, 'close');
  session.close();
  return `${status} ${seen}`;
};

test('calls go to the backend of their method; what is no call does not, and what fails is UNAVAILABLE', async (t) => {
  await gateway.apply(
    'grpc.yaml',
    routeOf('GRPCRoute')(
      'grpc',
      `hostnames: [grpc.example], rules: [
        { matches: [{ method: { service: a.B, method: C } }], backendRefs: [{ name: calls, port: 80 }] },
        { matches: [{ method: { service: nowhere } }], backendRefs: [{ name: nowhere, port: 80 }] } ]`,
    ) + httpRoute('beside', `hostnames: [grpc.example], rules: [${to('a')}]`),
  );
  t.is(await called('grpc.example', '/a.B/C'), '0 /a.B/C');
  t.is(await called('grpc.example', '/nowhere/D'), '14 ');
  t.is((await gateway.ask({ host: 'grpc.example', path: '/a.B/C' })).said.service, 'a');
});

test('a copy of each request goes elsewhere, and its answer goes nowhere', async (t) => {
  await gateway.apply(
    'mirror.yaml',
    httpRoute(
      'mirror',
      `hostnames: [mirror.example], rules: [${to(
        'a',
        `, filters: [
          { type: RequestMirror, requestMirror: { backendRef: { name: copy, port: 80 } } },
          { type: RequestMirror, requestMirror: { backendRef: { name: nowhere, port: 80 } } },
          { type: RequestMirror, requestMirror: { backendRef: { name: copy, port: 80 }, percent: 0 } } ]`,
      )}]`,
    ),
  );
  t.is((await gateway.ask({ host: 'mirror.example', path: '/copied' })).said.service, 'a');
  await eventually('the copy arrives', () => copies.includes('/copied'));
  t.is(copies.filter((path) => path === '/copied').length, 1);
});

test('a request is tried again, and has its time', async (t) => {
  const trying = (host: string, more: string): string =>
    httpRoute(host, `hostnames: [${host}.example], rules: [${to('second', more)}]`);
  await gateway.apply(
    'tries.yaml',
    trying('never', '') +
      trying('codes', ', retry: { codes: [503], backoff: 1ms }') +
      trying('none', ', retry: { codes: [503], attempts: 0 }') +
      trying(
        'each',
        ', retry: { attempts: 2 }, timeouts: { request: 60s, backendRequest: 200ms }',
      ) +
      trying('all', ', timeouts: { request: 200ms }'),
  );
  const status = async (host: string, path: string) =>
    (await gateway.ask({ host: `${host}.example`, path })).status;
  t.is(await status('never', '/never'), 503);
  t.is(await status('codes', '/codes'), 200);
  t.is(await status('none', '/none'), 503);
  t.is(await status('each', '/slow/each'), 200);
  t.is(await status('all', '/slow/all'), 504);
});
