import type { EventEmitter } from 'node:events';
import { connect as connectHttp2, type OutgoingHttpHeaders } from 'node:http2';
import { connect, type TLSSocket } from 'node:tls';

import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { opaqueSecret } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const authority = anAuthority('known');
const client = authority.sign({ names: ['client.example'] });
const open = await startBackend({ name: 'open', port: 0 });
const secret = await startBackend({ name: 'secret', port: 0 });

/** Names whose Hosts let in who shows a certificate, each with a Mapping to the service `secret`. */
const strict = ['strict.example', 'strict.wide.example', 'in.deep.wide.example'];

const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', authority.sign({ names: ['*.example', '*.wide.example'] })) +
    opaqueSecret('ca', { 'tls.crt': authority.certificate }) +
    ['*', '*.wide.example', 'lax.example']
      .map((name) => host(name, 'tlsSecret: { name: server }'))
      .join('') +
    ['strict.example', 'strict.wide.example', '*.deep.wide.example']
      .map((name) =>
        host(name, 'tlsSecret: { name: server }, tls: { ca_secret: ca, cert_required: true }'),
      )
      .join('') +
    strict
      .map((name) => mapping(`to-${name}`, secret.port, `hostname: ${name}, prefix: /`))
      .join('') +
    mapping('all', open.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), open.close(), secret.close()]);
});

/** Server names that a client without a certificate can ask for; absent: none. */
const serverNames = (name: string) => [
  undefined,
  'lax.example',
  'LAX.example',
  'x.wide.example',
  'nobody.test',
  'x.strict.example',
  ...[name.toUpperCase(), `${name}.`],
];

const tlsTo = (
  servername: string | undefined,
  ALPNProtocols: string[],
  shown = false,
): TLSSocket => {
  const socket = connect({
    ...{ host: '127.0.0.1', port: gateway.ports.https, rejectUnauthorized: false, ALPNProtocols },
    ...(servername === undefined ? {} : { servername }),
    ...(shown && { cert: client.certificate, key: client.privateKey }),
  });
  socket.setTimeout(60_000, () => socket.destroy(new Error('no answer')));
  return socket;
};

/** Whatever ends it. */
const closed = async (one: EventEmitter): Promise<void> => {
  await new Promise<void>((resolve) => void one.once('close', resolve));
};

/** All that comes back for a text. */
const answerTo = async (servername: string | undefined, text: string, shown?: boolean) => {
  const socket = tlsTo(servername, ['http/1.1'], shown);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  await closed(socket);
  return answer;
};

/** The status and the body. */
const answerOverHttp2 = async (servername: string | undefined, headers: OutgoingHttpHeaders) => {
  const session = connectHttp2(`https://127.0.0.1:${gateway.ports.https}`, {
    createConnection: () => tlsTo(servername, ['h2']),
  });
  session.on('error', () => undefined);
  const stream = session.request({ ':path': '/', ...headers });
  let answer = '';
  stream.on('response', ({ ':status': status }) => (answer += String(status)));
  stream.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  stream.on('error', () => undefined);
  await closed(stream);
  session.destroy();
  return answer;
};

const spellings = (name: string): readonly string[] => [
  name,
  name.toUpperCase(),
  `${name}.`,
  `${name}:443`,
  `${name}:${gateway.ports.https}`,
  `${name}:`,
  `${name}.:443`,
  `${name}:0x1`,
  `user@${name}`,
  `lax.example, ${name}`,
  `${name}, lax.example`,
  `${name}%2e`,
  `${name}#lax.example`,
  `x.${name}`,
];

const requests = (name: string): readonly string[] =>
  [
    ...spellings(name).flatMap((one) => [
      `GET / HTTP/1.1\r\nhost: ${one}`,
      `GET https://${one}/ HTTP/1.1\r\nhost: lax.example`,
      `GET http://${one}/ HTTP/1.1\r\nhost: lax.example`,
    ]),
    `GET / HTTP/1.1\r\nhost: lax.example\r\nhost: ${name}`,
    `GET / HTTP/1.1\r\nhost: ${name}\r\nhost: lax.example`,
    `GET https://lax.example/ HTTP/1.1\r\nhost: ${name}`,
    `GET / HTTP/1.1\r\nhost: lax.example\r\nx-forwarded-host: ${name}\r\nx-envoy-original-host: ${name}`,
    `GET / HTTP/1.1\r\nhost : ${name}`,
    `GET / HTTP/1.1\r\nhost:\r\n ${name}`,
  ].map((text) => `${text}\r\nconnection: close\r\n\r\n`);

const isServed = (answer: string): boolean => answer.includes('secret');

test('who shows a certificate is let in', async (t) => {
  for (const name of strict) {
    const [first = ''] = requests(name);
    t.true(isServed(await answerTo(name, first, true)), name);
    t.false(isServed(await answerTo(name, first)), name);
  }
});

test('whatever server name and host a client without one writes, it is not', async (t) => {
  let answered = 0;
  for (const name of strict)
    for (const servername of serverNames(name))
      await Promise.all(
        requests(name).map(async (text) => {
          const answer = await answerTo(servername, text);
          if (answer.startsWith('HTTP/1.1 ')) answered += 1;
          t.false(isServed(answer), `${servername}: ${JSON.stringify(text)}: ${answer}`);
        }),
      );
  t.true(answered > 500);
});

test('nor over HTTP/2', async (t) => {
  let answered = 0;
  for (const name of strict)
    for (const servername of serverNames(name))
      await Promise.all(
        [
          ...spellings(name).map((one) => ({ ':authority': one })),
          { ':authority': 'lax.example', host: name },
          { ':authority': name, host: 'lax.example' },
          { ':authority': name, ':scheme': 'http' },
        ].map(async (headers) => {
          const answer = await answerOverHttp2(servername, headers);
          if (answer !== '') answered += 1;
          t.false(isServed(answer), `${servername}: ${JSON.stringify(headers)}`);
        }),
      );
  t.true(answered > 100);
});
