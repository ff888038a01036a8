import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, type ConnectionOptions } from 'node:tls';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { FilterChain } from '../../../src/ir/filter-chain.ts';
import type { Port } from '../../../src/ir/port.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { sayOverTls, startRepeater } from '../../_support/envoy/connections.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aClusterAt,
  aForward,
  aListener,
  anIr,
  aRoute,
  aSignedSecret,
  aVirtualHost,
  requestsOf,
  tlsFor,
} from '../../_support/world/an-ir.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';

const authority = anAuthority('ca');
const ecdsa = authority.sign({ names: ['ecdsa.example'] });
const rsa = authority.sign({ names: ['rsa.example'], key: 'rsa' });
const own = authority.sign({ names: ['passed.example'] });

const requests = await startBackend({ name: 'requests', port: 0 });
const repeater = await startRepeater('repeater');
const https = await listening(
  createServer({ cert: own.certificate, key: own.privateKey }, (_, response) =>
    response.end('from behind'),
  ),
);
const envoy = await anIrInEnvoy();
const port = (await freePort()) as Port;

const toCluster = (name: string) =>
  ({ _tag: 'Tcp', statPrefix: name, backends: [{ cluster: name, weight: 1 }] }) as const;

const chains: readonly FilterChain[] = [
  aChain({
    name: 'served',
    tls: tlsFor(['served.example'], { certificates: ['demo/ecdsa', 'demo/rsa'] }),
    carries: requestsOf('served'),
  }),
  aChain({
    name: 'modern',
    tls: tlsFor(['modern.example'], {
      certificates: ['demo/ecdsa'],
      settings: { parameters: { minVersion: '1.3' }, alpn: ['http/1.1'] },
    }),
    carries: requestsOf('served'),
  }),
  aChain({
    name: 'passed',
    tls: { _tag: 'PassThrough', serverNames: ['passed.example', '*.passed.example'] },
    carries: toCluster('https'),
  }),
  aChain({
    name: 'unwrapped',
    tls: tlsFor(['unwrapped.example'], { certificates: ['demo/ecdsa'] }),
    carries: toCluster('repeater'),
  }),
  aChain({
    name: 'refused',
    tls: { _tag: 'Refuse', serverNames: ['not.passed.example'] },
    carries: requestsOf('refused'),
  }),
  aChain({
    name: 'incomplete',
    tls: tlsFor(['incomplete.passed.example'], { certificates: ['demo/missing'] }),
    carries: toCluster('repeater'),
  }),
];

const { refused } = await envoy.serve(
  anIr({
    listeners: [aListener({ port, tlsInspector: true })],
    filterChains: chains,
    virtualHosts: [
      {
        ...aVirtualHost('*', aRoute({ action: aForward({ backends: onlyTo('requests') }) })),
        table: 'served',
      },
    ],
    clusters: [
      aClusterAt('requests', requests.port),
      aClusterAt('https', https.port),
      aClusterAt('repeater', repeater.port),
    ],
    secrets: [aSignedSecret('demo/ecdsa', ecdsa), aSignedSecret('demo/rsa', rsa)],
  }),
);

test.after.always(async () => {
  await Promise.all([envoy.stop(), requests.close(), repeater.close(), https.close()]);
});

test('Envoy takes a port on which each name is served in its own way', (t) => {
  t.deepEqual(refused, []);
});

test('a name passes through to a backend with its TLS, beside one whose TLS ends here', async (t) => {
  const passed = await ask({ port, sni: 'passed.example' });
  t.is(passed.certificate, 'DNS:passed.example');
  t.is(passed.body, 'from behind');
  t.is((await ask({ port, sni: 'any.passed.example' })).body, 'from behind');

  const served = await ask({ port, sni: 'served.example' });
  t.is(served.certificate, 'DNS:ecdsa.example');
  t.is(served.said.service, 'requests');
});

test('nobody else gets a handshake, be there a wider name or not', async (t) => {
  for (const sni of ['unknown.example', 'not.passed.example', 'incomplete.passed.example', ''])
    await t.throwsAsync(ask({ port, sni, host: 'served.example' }), undefined, sni);
});

test('TLS is taken off connections that go on', async (t) => {
  const servername = 'unwrapped.example';
  t.is(await sayOverTls(port, 'hello', { servername }), 'repeater: hello');
});

/** The names in the certificate that a client is shown. */
const shownTo = async (options: ConnectionOptions): Promise<string | undefined> => {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().subjectaltname;
  } finally {
    socket.destroy();
  }
};

test('of two certificates a client is shown the one it can verify', async (t) => {
  const with12 = { servername: 'served.example', maxVersion: 'TLSv1.2' } as const;
  t.is(await shownTo({ ...with12, ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }), 'DNS:rsa.example');
  t.is(await shownTo({ ...with12, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }), 'DNS:ecdsa.example');
  t.is(
    await shownTo({ servername: 'served.example', sigalgs: 'rsa_pss_rsae_sha256' }),
    'DNS:rsa.example',
  );
});

test('a version of TLS that is too old gets no handshake', async (t) => {
  const servername = 'modern.example';
  t.is(await shownTo({ servername }), 'DNS:ecdsa.example');
  await t.throwsAsync(shownTo({ servername, maxVersion: 'TLSv1.2' }), {
    message: /protocol version/,
  });
});
