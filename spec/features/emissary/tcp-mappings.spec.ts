import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { text } from 'node:stream/consumers';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening, type Listening } from '../../_support/envoy/a-server.ts';
import { clientHello, sent } from '../../_support/envoy/client-hello.ts';
import {
  openSocket,
  say,
  sayOverTls,
  startEchoingSocket,
  startRepeater,
} from '../../_support/envoy/connections.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { opaqueSecret, tlsContext } from '../../_support/tls/tls-manifests.ts';
import { anAuthority, type Signed } from '../../_support/world/an-authority.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  host,
  listener,
  mapping,
  tcpMapping,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const [a, b, echo] = [
  await startRepeater('a'),
  await startRepeater('b'),
  await startEchoingSocket(),
];
const one = await aCertificate('one.example');
const wide = await aCertificate('*.wide.example');
const gateway = await aGateway(
  ({ https }) =>
    listener('tls', https, { protocol: 'TLS' }) +
    tlsSecret('one', one) +
    tlsSecret('wide', wide) +
    host('one.example', 'tlsSecret: { name: one }') +
    host('*.wide.example', 'tlsSecret: { name: wide }') +
    tcpMapping('one', a.port, `port: ${https}, host: one.example`) +
    tcpMapping('narrow', b.port, `port: ${https}, host: narrow.wide.example`),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close(), echo.close()]);
});

const { http, https, other } = gateway.ports;

/** What a story adds, in place of what the one before it added. */
const serve = async (manifests: string): Promise<void> =>
  await gateway.apply('story.yaml', manifests);

test.serial('a port is open for a TCPMapping without any Listener', async (t) => {
  await serve(tcpMapping('bare', a.port, `port: ${other}`));
  t.is(await say(other, 'hello'), 'a: hello');
  await serve('');
  await t.throwsAsync(async () => await say(other, 'hello'), { code: 'ECONNREFUSED' });
});

test.serial('TLS ends with the certificate of the Host, by the server name', async (t) => {
  const ca = { rejectUnauthorized: true };
  const options = { servername: 'one.example', ca: one.certificate, ...ca };
  t.is(await sayOverTls(https, 'hello', options), 'a: hello');
  const narrow = { servername: 'narrow.wide.example', ca: wide.certificate, ...ca };
  t.is(await sayOverTls(https, 'hello', narrow), 'b: hello');
});

test.serial('a name that no TCPMapping is for gets nowhere', async (t) => {
  for (const servername of ['other.wide.example', 'nobody.example'])
    await t.throwsAsync(async () => await sayOverTls(https, 'hello', { servername }));
  t.is(await say(https, 'hello').catch(() => ''), '');
});

test.serial('beside names, a TCPMapping without one takes all else as it is', async (t) => {
  await serve(tcpMapping('rest', echo.port, `port: ${https}`));
  t.is(await (await openSocket(t, https)).ask('cleartext'), 'cleartext');
  // A handshake for another name, which the backend gets with its TLS.
  const hello = await clientHello(Buffer.from('nobody.example'));
  const passed = await sent(https, hello);
  await eventually('the handshake comes back', () => passed.received() === hello.length);
  passed.end();
  t.is(await sayOverTls(https, 'x', { servername: 'narrow.wide.example' }), 'b: x');
});

test.serial('a canary takes its share of connections', async (t) => {
  await serve(
    tcpMapping('main', a.port, `port: ${other}`) +
      tcpMapping('canary', b.port, `port: ${other}, weight: 25`),
  );
  let ofB = 0;
  for (let i = 0; i < 400; i += 1) if ((await say(other, '')) === 'b: ') ofB += 1;
  const deviation = Math.sqrt(400 * 0.25 * 0.75);
  t.true(Math.abs(ofB - 100) <= 4 * deviation, `expected about 100 of 400, got ${ofB}`);
});

test.serial('the service is spoken to over TLS, with its name as the server name', async (t) => {
  const seen: string[] = [];
  const backend = await listening(
    createTlsServer(
      { cert: one.certificate, key: one.privateKey, allowHalfOpen: true },
      (socket) => {
        seen.push(String(socket.servername));
        socket.on('error', () => socket.destroy());
        text(socket).then(
          (said) => socket.end(`secure: ${said}`),
          () => socket.destroy(),
        );
      },
    ),
  );
  t.teardown(backend.close);
  const service = `localhost:${backend.port}`;
  await serve(tcpMapping('secure', `https://${service}`, `port: ${other}`));
  t.is(await say(other, 'hello'), 'secure: hello');
  await serve(tcpMapping('secure', service, `port: ${other}, tls: 'true'`));
  t.is(await say(other, 'hello'), 'secure: hello');
  t.is(seen[0], 'localhost');
});

test.serial('the PROXY header comes first, then TLS', async (t) => {
  await serve(
    listener('proxied', other, { protocol: 'TCP' }).replace(
      'protocol: TCP',
      'protocolStack: [PROXY, TLS, TCP]',
    ) + tcpMapping('proxied', echo.port, `port: ${other}`),
  );
  const header = 'PROXY TCP4 192.0.2.7 198.51.100.1 5000 443\r\n';
  const socket = await openSocket(t, other, header);
  t.is(await socket.ask('hello'), 'hello');
  t.is(await say(other, 'hello').catch(() => ''), '');
});

test.serial('a connection that is idle too long is closed, another stays', async (t) => {
  await serve(
    tcpMapping('idle', echo.port, `port: ${other}, idle_timeout_ms: '200'`) +
      tcpMapping('patient', echo.port, `port: ${http}`),
  );
  const patient = await openSocket(t, http);
  t.is(await patient.ask('one'), 'one');
  const idle = connect(other, '127.0.0.1');
  await once(idle, 'close');
  t.is(await patient.ask('two'), 'two');
});

test.serial('a service that is gone closes connections, and costs no other', async (t) => {
  const gone = await freePort();
  await serve(tcpMapping('gone', gone, `port: ${other}`));
  t.is(await say(other, 'hello').catch(() => ''), '');
  t.is(await sayOverTls(https, 'hello', { servername: 'one.example' }), 'a: hello');
});

test.serial('no more connections than its circuit breaker lets through', async (t) => {
  await serve(
    tcpMapping('breaker', echo.port, `port: ${other}, circuit_breakers: [{ max_connections: 1 }]`),
  );
  const first = await openSocket(t, other);
  t.is(await first.ask('one'), 'one');
  t.is(await say(other, 'hello').catch(() => ''), '');
  t.is(await first.ask('two'), 'two');
});

test.serial('an edit ends no open connection, and new ones follow it', async (t) => {
  const later = await startRepeater('later');
  t.teardown(later.close);
  await serve(tcpMapping('edited', echo.port, `port: ${other}`));
  const open = await openSocket(t, other);
  t.is(await open.ask('one'), 'one');
  await serve(
    tcpMapping('edited', later.port, `port: ${other}, idle_timeout_ms: '600000', stats_name: x`),
  );
  t.is(await say(other, ''), 'later: ');
  t.is(await open.ask('two'), 'two');
});

test.serial('a Listener for HTTP keeps its port', async (t) => {
  await serve(
    listener('http', http) +
      host('*') +
      mapping('page', a.port, 'prefix: /') +
      tcpMapping('late', a.port, `port: ${http}`),
  );
  const [problem] = await gateway.problems('TCPMapping default/late');
  t.regex(problem?.message ?? '', /carries HTTP/);
});

test.serial(
  'an address that this machine does not have is told, and costs no other port',
  async (t) => {
    await serve(
      tcpMapping('nowhere', a.port, `port: ${other}, address: 192.0.2.1`) +
        tcpMapping('fine', a.port, `port: ${http}`),
    );
    t.is(await say(http, 'hello'), 'a: hello');
    await eventually('it is told', async () =>
      (await gateway.problems('TCPMapping default/nowhere')).some(({ message }) =>
        message.includes('192.0.2.1'),
      ),
    );
  },
);

test.serial('a service whose certificate is wrong gets not one byte', async (t) => {
  const [known, stranger] = [anAuthority('known'), anAuthority('stranger')];
  const heard: string[] = [];
  const serveTls = async (identity: Signed): Promise<Listening> => {
    const { certificate: cert, privateKey: key } = identity;
    const backend = await listening(
      createTlsServer({ cert, key, allowHalfOpen: true }, (socket) => {
        socket.on('error', () => socket.destroy());
        socket.on('data', (said: Buffer) => heard.push(String(said)));
        text(socket).then(
          (said) => socket.end(`verified: ${said}`),
          () => socket.destroy(),
        );
      }),
    );
    t.teardown(backend.close);
    return backend;
  };
  const right = await serveTls(known.sign({ names: ['db.example'] }));
  const wrong = await serveTls(stranger.sign({ names: ['db.example'] }));
  const contexts =
    opaqueSecret('authority', { 'tls.crt': known.certificate }) +
    tlsContext('verified', 'ca_secret: authority, sni: db.example');
  const to = ({ port }: Listening): string =>
    contexts + tcpMapping('verified', port, `port: ${other}, tls: verified`);
  await serve(to(right));
  t.is(await say(other, 'one'), 'verified: one');
  await serve(to(wrong));
  t.is(await say(other, 'secret').catch(() => ''), '');
  t.deepEqual(heard, ['one']);
});
