import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'node:stream';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http, { protocol: 'HTTPPROXY' }) +
    listener('https', https, { protocol: 'HTTPSPROXY' }) +
    mapping('all', a.port, 'prefix: /'),
);
await gateway.apply(
  'host.yaml',
  tlsSecret('tls', await aCertificate('proxied.example')) +
    host(
      'proxied.example',
      'tlsSecret: { name: tls }, requestPolicy: { insecure: { action: Route } }',
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const header = 'PROXY TCP4 192.0.2.7 198.51.100.1 5000 443\r\n';

/** Everything that comes back for one request. */
const exchanged = async (stream: Duplex): Promise<string> =>
  await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('error', reject);
    stream.once('close', () => resolve(Buffer.concat(chunks).toString()));
    stream.write('GET / HTTP/1.1\r\nhost: proxied.example\r\nconnection: close\r\n\r\n');
  });

test('the client is the one that the PROXY header names', async (t) => {
  const socket = connect(gateway.ports.http, '127.0.0.1');
  socket.write(header);
  t.regex(await exchanged(socket), /"x-forwarded-for": "192\.0\.2\.7"/);
});

test('the PROXY header comes before the TLS handshake', async (t) => {
  const socket = connect(gateway.ports.https, '127.0.0.1');
  socket.write(header);
  const secure = connectTls({ socket, servername: 'proxied.example', rejectUnauthorized: false });
  t.regex(await exchanged(secure), /"x-forwarded-for": "192\.0\.2\.7"/);
});

test('a connection without the header is not served', async (t) => {
  const answer = await exchanged(connect(gateway.ports.http, '127.0.0.1')).catch(() => '');
  t.is(answer, '');
});
