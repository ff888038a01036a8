import * as fc from 'fast-check';

import { someHost } from '../world/any-manifests.ts';

const host: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 20, arbitrary: someHost },
  { weight: 2, arbitrary: someHost.map((name) => name.toUpperCase()) },
  { weight: 2, arbitrary: someHost.map((name) => `${name}:8080`) },
  { weight: 1, arbitrary: someHost.map((name) => `${name}.`) },
  { weight: 1, arbitrary: someHost.map((name) => `${name}.:81`) },
  { weight: 1, arbitrary: fc.nat(90).map((i) => `x.p${i}.example`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      undefined,
      '',
      '[::1]',
      '[::1]:8080',
      '10.1.2.3',
      '10.1.2.3:80',
      'a',
      'a..b',
      '.example.com',
      '..',
      ':80',
      'a:b:c',
      `${'x'.repeat(63)}.${'y.'.repeat(60)}example.com`,
      'a_b.example.com',
      'a b.example.com',
      'user@example.com',
    ),
  },
);

const path = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('/', '/a/', '/a/b/c', '/A/', '/b?q=1', '/a/?q=1&r') },
  { weight: 1, arbitrary: fc.constantFrom('/a/../b', '//a', '/%61/', '*', '', 'a') },
  { weight: 1, arbitrary: someHost.map((name) => `http://${name}/a/`) },
);

const line = fc.constantFrom(
  'x-a: b',
  'x-gone: away',
  'origin: http://o.example',
  'access-control-request-method: GET',
  'content-type: application/grpc',
  'te: trailers',
  'x-forwarded-proto: https',
  'x-forwarded-for: 8.8.8.8',
  'x-headgate-shard: listener-1/cleartext#127.64.3',
  'X-Headgate-Shard:',
  'x-headgate-server-name: a.example.com',
  'connection: close',
  'expect: 100-continue',
);

const upgrade = fc.constantFrom(
  'connection: upgrade\r\nupgrade: websocket',
  'Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket',
  'connection: upgrade\r\nupgrade: other',
  'connection: upgrade\r\nupgrade: unheard-of',
  'connection: upgrade\r\nupgrade: websocket, other',
  'connection: keep-alive\r\nupgrade: websocket',
  'connection: x-upgrade\r\nupgrade: websocket',
  'connection: upgrade\r\nupgrade: h2c',
  'upgrade: websocket',
);

const gets = Array<string>(12).fill('GET');

/** The text of a request without a body, right or wrong. */
export const anyRawRequest: fc.Arbitrary<string> = fc
  .record({
    method: fc.constantFrom(
      ...gets,
      'POST',
      'POST',
      'HEAD',
      'OPTIONS',
      'OPTIONS',
      'CONNECT',
      'get',
    ),
    path,
    version: fc.constantFrom(...Array<string>(30).fill('1.1'), '1.0'),
    host,
    lines: fc.array(line, { maxLength: 3 }),
    upgrade: fc.option(upgrade, { freq: 4, nil: undefined }),
  })
  .map(({ method, path: target, version, host: name, lines, upgrade: upgrading }) =>
    [
      `${method} ${method === 'CONNECT' ? (name ?? 'a:1') : target} HTTP/${version}`,
      ...(name === undefined ? [] : [`host: ${name}`]),
      ...(method === 'POST' ? ['content-length: 0'] : []),
      ...lines,
      ...(upgrading === undefined ? [] : [upgrading]),
      '\r\n',
    ].join('\r\n'),
  );
