import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { Agent, get } from 'node:https';

import test from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startSecureBackend } from '../../../_support/envoy/secure-backend.ts';
import { tlsConnection } from '../../../_support/tls/tls-client.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const client = known.sign({ names: ['client.example'] });
const server = () => known.sign({ names: ['*.example'], key: 'rsa' });
const gone = ['one', 'two'].map((name) => known.sign({ names: [name] }).certificate);

const backend = await startSecureBackend(known.sign({ names: ['shop.example'], key: 'rsa' }));

const named = (tls: string) => tlsContext('clients', `ca_secret: ca, crl_secret: crl, ${tls}`);
const elsewhere = (tls: string) =>
  host('other.example', `tlsSecret: { name: server }, tls: { ${tls} }`);

/** By file, what is there in turns: no edit is one of the Host whose connections are watched. */
const edits: Readonly<Record<string, readonly [string, string]>> = {
  'crl.yaml': [
    opaqueSecret('crl', { 'crl.pem': known.revoke(...gone) }),
    opaqueSecret('crl', { 'crl.pem': known.revoke(...gone.slice(1)) }),
  ],
  'ca.yaml': [
    opaqueSecret('ca', { 'tls.crt': known.certificate }),
    opaqueSecret('ca', { 'tls.crt': known.certificate + other.certificate }),
  ],
  'server.yaml': [tlsSecret('server', server()), tlsSecret('server', server())],
  'other.yaml': [elsewhere('min_tls_version: v1.3'), elsewhere('ca_secret: ca')],
  'services.yaml': [
    tlsContext('services', 'ca_secret: ca, secret: shown'),
    tlsContext('services', 'ca_secret: ca, secret: shown, min_tls_version: v1.2'),
  ],
};

const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    named('cert_required: true') +
    tlsSecret('shown', client) +
    host('a.example', 'tlsSecret: { name: server }, tlsContext: { name: clients }') +
    mapping('all', backend.port, 'prefix: /, tls: services'),
);
for (const [file, [first]] of Object.entries(edits)) await gateway.apply(file, first);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

const asked = { port: gateway.ports.https, servername: 'a.example', shown: client } as const;

/** Requests follow each other on one connection until it is over; gives back what became of each. */
const overHttp1 = async (isOver: () => boolean): Promise<readonly string[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: string[] = [];
  while (!isOver()) {
    const asking = get({
      ...{ agent, host: '127.0.0.1', port: asked.port, servername: asked.servername },
      ...{ cert: client.certificate, key: client.privateKey, rejectUnauthorized: false },
      headers: { host: asked.servername },
    });
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    const isOther = statuses.length > 0 && !asking.reusedSocket;
    statuses.push(`${response.statusCode}${isOther ? ' on another connection' : ''}`);
  }
  agent.destroy();
  return statuses;
};

const overHttp2 = async (isOver: () => boolean): Promise<readonly string[]> => {
  const session = connectHttp2(`https://127.0.0.1:${asked.port}`, {
    createConnection: () => tlsConnection({ ...asked, ALPNProtocols: ['h2'] }),
  });
  let goneAway = 0;
  session.on('goaway', () => (goneAway += 1));
  const statuses: string[] = [];
  while (!isOver()) {
    const stream = session.request({ ':authority': 'a.example', ':path': '/' });
    const [headers] = (await once(stream, 'response')) as [Readonly<Record<string, unknown>>];
    stream.resume();
    await once(stream, 'close');
    statuses.push(String(headers[':status']));
  }
  session.destroy();
  return goneAway === 0 ? statuses : [...statuses, 'goaway'];
};

test('edits of Secrets, of TLSContexts for services and of other Hosts end no connection and no request', async (t) => {
  let isOver = false;
  const running = [overHttp1(() => isOver), overHttp2(() => isOver)];
  for (let turn = 1; turn <= 12; turn += 1)
    for (const [file, versions] of Object.entries(edits))
      await gateway.apply(file, versions[turn % 2] ?? '');
  isOver = true;
  for (const statuses of await Promise.all(running)) {
    t.true(statuses.length > 60, `${statuses.length}`);
    t.deepEqual([...new Set(statuses)], ['200']);
  }
});
