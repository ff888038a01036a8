import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { envoyAdmin } from '../../../../src/edge/envoy/envoy-admin.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** An admin interface that answers what is written here, and 404 to the rest. */
const anAdmin = async (t: ExecutionContext, answers: Readonly<Record<string, string>>) => {
  const server = createServer(({ method, url }, response) => {
    const body = answers[`${method} ${url}`];
    response.writeHead(body === undefined ? 404 : 200).end(body ?? 'invalid path');
  });
  const path = join(await tempDir(t), 'admin.sock');
  server.listen(path);
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { path, admin: envoyAdmin({ _tag: 'Unix', path }) };
};

test('reads version, state and numbers', async (t) => {
  const { admin } = await anAdmin(t, {
    'GET /server_info': '{"version":"9e55809/1.40.0/Clean/RELEASE/BoringSSL","state":"LIVE"}',
    'GET /stats?filter=%5Ehttp%5C.': 'http.a.rq: 3\nhttp.b: "text"\nhttp.c: P0(nan,1)\nhttp.d: 0\n',
    'POST /healthcheck/fail': 'OK\n',
  });

  t.deepEqual(await admin.serverInfo(), { version: '1.40.0', state: 'LIVE' });
  t.deepEqual(
    [...(await admin.stats('^http\\.'))],
    [
      ['http.a.rq', 3],
      ['http.d', 0],
    ],
  );
  t.is(await admin.post('/healthcheck/fail'), 'OK\n');
  t.false(await admin.ready());
});

test('says what Envoy answered when it refuses', async (t) => {
  const { admin } = await anAdmin(t, {});
  await t.throwsAsync(admin.post('/nothing'), {
    message: 'Envoy answers 404 to POST /nothing: invalid path',
  });
});

test('does not wait for an Envoy that never answers', async (t) => {
  const server = createTcpServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;

  const admin = envoyAdmin({ _tag: 'Tcp', host: '127.0.0.1', port }, 50);
  await t.throwsAsync(admin.serverInfo(), {
    message: new RegExp(`^Envoy's admin interface at 127\\.0\\.0\\.1:${port}: `),
  });
});

test('says where it expected an Envoy when there is none', async (t) => {
  const path = join(await tempDir(t), 'none.sock');
  await t.throwsAsync(envoyAdmin({ _tag: 'Unix', path }).serverInfo(), {
    message: `Envoy's admin interface at unix:${path}: connect ENOENT ${path}`,
  });
});
