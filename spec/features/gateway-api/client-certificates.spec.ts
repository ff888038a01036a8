import { once } from 'node:events';
import { connect, type ConnectionOptions } from 'node:tls';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { anAuthority, type Signed } from '../../_support/world/an-authority.ts';
import { tlsSecret } from '../../_support/world/routing-manifests.ts';
import { gatewayOf, ourClass } from '../../_support/world/gateway-api/manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const server = known.sign({ names: ['a.example'] });
const rsaServer = known.sign({ names: ['a.example'], key: 'rsa' });
const alice = known.sign({ names: ['alice.example'] });
const mallory = other.sign({ names: ['mallory.example'] });

const block = (text: string): string => `|\n    ${text.trim().replaceAll('\n', '\n    ')}`;

const authority = (certificate: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ca }
data:
  ca.crt: ${block(certificate)}
`;

const ca = '{ group: "", kind: ConfigMap, name: ca }';

const https = (name: string, port: number): string =>
  `{ name: ${name}, port: ${port}, protocol: HTTPS, tls: { certificateRefs: [{ name: ec }, { name: rsa }] } }`;

const gateway = await aGateway(
  ({ http, https: tls, other: free }) =>
    ourClass +
    gatewayOf([https('guarded', tls), https('lenient', http), https('open', free)], {
      more: [
        'addresses: [{ value: 127.0.0.1 }]',
        'tls:',
        '  frontend:',
        `    default: { validation: { caCertificateRefs: [${ca}] } }`,
        '    perPort:',
        `      - { port: ${http}, tls: { validation: { caCertificateRefs: [${ca}], mode: AllowInsecureFallback } } }`,
        `      - { port: ${free}, tls: {} }`,
      ]
        .map((line, i) => (i === 0 ? line : `  ${line}`))
        .join('\n'),
    }) +
    tlsSecret('ec', server) +
    tlsSecret('rsa', rsaServer),
);
await gateway.apply('ca.yaml', authority(known.certificate));
test.after.always(gateway.stop);

/** What a client that shows this is told: a status, or nothing where it is not let in. */
const told = async (
  port: number,
  shown?: Signed,
  more: ConnectionOptions = {},
): Promise<string> => {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: 'a.example',
    rejectUnauthorized: false,
    ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
    ...more,
  });
  socket.setTimeout(60_000, () => socket.destroy(new Error('no answer')));
  socket.write('GET / HTTP/1.1\r\nhost: a.example\r\n\r\n');
  try {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().slice('HTTP/1.1 '.length, 'HTTP/1.1 404'.length);
  } catch {
    return 'nothing';
  } finally {
    socket.destroy();
  }
};

/** What each client is told on a port. */
const toldOn = async (port: number): Promise<Readonly<Record<string, string>>> => ({
  alice: await told(port, alice),
  mallory: await told(port, mallory),
  nobody: await told(port),
});

// Nothing is attached, so whoever is let in is told 404.
test.serial('only clients with a certificate of the authority are let in', async (t) => {
  t.deepEqual(await toldOn(gateway.ports.https), {
    alice: '404',
    mallory: 'nothing',
    nobody: 'nothing',
  });
});

test.serial('with the insecure mode everybody is let in', async (t) => {
  t.deepEqual(await toldOn(gateway.ports.http), { alice: '404', mallory: '404', nobody: '404' });
});

test.serial('a port of its own asks nobody for a certificate', async (t) => {
  t.deepEqual(await toldOn(gateway.ports.other), { alice: '404', mallory: '404', nobody: '404' });
});

test.serial('of two certificates a client gets the one that it can verify', async (t) => {
  const { ports } = gateway;
  for (const sigalgs of ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'])
    t.is(await told(ports.other, undefined, { sigalgs, maxVersion: 'TLSv1.3' }), '404', sigalgs);
});

test.serial(
  'with another authority other clients are let in, and without any nobody is',
  async (t) => {
    await gateway.apply('ca.yaml', authority(other.certificate));
    t.deepEqual(await toldOn(gateway.ports.https), {
      alice: 'nothing',
      mallory: '404',
      nobody: 'nothing',
    });
    await gateway.remove('ca.yaml');
    t.deepEqual(await toldOn(gateway.ports.https), {
      alice: 'nothing',
      mallory: 'nothing',
      nobody: 'nothing',
    });
  },
);
