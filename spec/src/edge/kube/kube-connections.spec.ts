import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';

import test from 'ava';

import { kubeClient } from '../../../../src/edge/kube/kube-client.ts';
import { listening } from '../../../_support/envoy/a-server.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';

const get = { method: 'GET', path: '/version' } as const;

test('a server behind a proxy is reached through it, and known by its own name', async (t) => {
  const { certificate, privateKey } = await aCertificate('kubernetes.test');
  const server = await listening(
    createServer({ cert: certificate, key: privateKey }, (_, response) => response.end('"v1"')),
  );
  t.teardown(server.close);
  const asked: (readonly unknown[])[] = [];
  const proxy = await listening(
    createProxy().on('connect', ({ url, headers }, socket) => {
      asked.push([url, headers['proxy-authorization'], headers.authorization]);
      const onward = connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      for (const end of [socket, onward]) end.on('error', () => undefined);
    }),
  );
  t.teardown(proxy.close);
  const access = {
    server: `https://127.0.0.1:${server.port}`,
    proxyUrl: `http://ada:pass@127.0.0.1:${proxy.port}`,
    description: 'a test',
    credentials: async () => ({
      headers: { authorization: 'Bearer secret' },
      tls: { ca: certificate, servername: 'kubernetes.test' },
    }),
  };
  const client = kubeClient(access, { requests: 2 });
  t.teardown(client.close);

  for (let i = 0; i < 20; i += 1) t.is(await client.request(get), 'v1');
  t.deepEqual(asked[0], [`127.0.0.1:${server.port}`, 'Basic YWRhOnBhc3M=', undefined]);
  t.true(asked.length <= 2, `${asked.length} connections`);
});

test('a server whose authority is not known is not talked to, and it is said what to do', async (t) => {
  const { certificate, privateKey } = await aCertificate('127.0.0.1');
  const server = await listening(
    createServer({ cert: certificate, key: privateKey }, (_, response) => response.end('"v1"')),
  );
  t.teardown(server.close);
  const origin = `https://127.0.0.1:${server.port}`;
  const client = kubeClient({
    server: origin,
    description: 'a test',
    credentials: async () => ({ headers: {}, tls: {} }),
  });
  t.teardown(client.close);

  await t.throwsAsync(client.request(get), {
    message: `${origin}: its certificate is signed by an authority that is not known; name that one in the kubeconfig (certificate-authority)`,
  });
});

test('a server that shows the certificate of another one is not talked to', async (t) => {
  const { certificate, privateKey } = await aCertificate('elsewhere.test');
  let calls = 0;
  const server = await listening(
    createServer({ cert: certificate, key: privateKey }, (_, response) => {
      calls += 1;
      response.end();
    }),
  );
  t.teardown(server.close);
  const client = kubeClient({
    server: `https://127.0.0.1:${server.port}`,
    description: 'a test',
    credentials: async () => ({ headers: {}, tls: { ca: certificate } }),
  });
  t.teardown(client.close);

  await t.throwsAsync(client.request(get), { message: /does not match certificate/ });
  t.is(calls, 0);
});

test('closing ends connections that are not made yet, which would keep a process alive', async (t) => {
  const server = createTcpServer();
  const { port, close } = await listening(server);
  t.teardown(close);
  const client = kubeClient({
    server: `https://127.0.0.1:${port}`,
    description: 'a server that takes connections and says nothing',
    credentials: async () => ({ headers: {}, tls: {} }),
  });
  const calls = t.throwsAsync(client.request(get), { message: /connections .* are closed/ });
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.on('error', () => undefined).resume();

  await client.close();
  const later = connect(port, '127.0.0.1');
  const [accepted] = (await once(server, 'connection')) as [Socket];
  accepted.on('error', () => undefined).resume();
  later.destroy();
  await once(accepted, 'close');

  t.true(socket.closed, 'it ends before one that began later');
  await calls;
});
