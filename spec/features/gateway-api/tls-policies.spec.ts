import { createServer } from 'node:net';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { startSecureBackend, type SeenConnection } from '../../_support/envoy/secure-backend.ts';
import { anAuthority, type Signed } from '../../_support/world/an-authority.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
} from '../../_support/world/gateway-api/manifests.ts';

const ours = anAuthority('ours');
const others = anAuthority('others');
const secure = await startSecureBackend(ours.sign({ names: ['web.example'] }));
const heard: string[] = [];
/** Keeps what it is sent first, in whatever form, and answers nothing. */
const listener = await listening(
  createServer((socket) => {
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'));
      socket.destroy();
    });
    socket.on('error', () => socket.destroy());
  }),
);

const block = (text: string): string => text.trimEnd().replaceAll('\n', '\n    ');

const configMap = (name: string, authorities: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data:
  ca.crt: |
    ${block(authorities)}
`;

const secret = (name: string, { certificate, privateKey }: Signed): string => `
---
apiVersion: v1
kind: Secret
metadata: { name: ${name} }
type: kubernetes.io/tls
stringData:
  tls.crt: |
    ${block(certificate)}
  tls.key: |
    ${block(privateKey)}
`;

const policy = (service: string, validation: string): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: ${service} }
spec:
  targetRefs: [{ group: "", kind: Service, name: ${service} }]
  validation: { ${validation} }
`;

const trusting = (name: string, hostname = 'web.example'): string =>
  `hostname: ${hostname}, caCertificateRefs: [{ group: "", kind: ConfigMap, name: ${name} }]`;

const own = 'tls: { backend: { clientCertificateRef: { name: own } } }';

const gateway = await aGateway(
  ({ http, other }) =>
    ourClass +
    gatewayOf([cleartext('http', http)]) +
    gatewayOf([cleartext('http', other)], {
      name: 'known',
      more: `addresses: [{ value: 127.0.0.2 }]\n  ${own}`,
    }) +
    secret('own', ours.sign({ names: ['gateway.example'] })) +
    backend('web', secure.port) +
    backend('heard', listener.port) +
    httpRoute(
      'web',
      'parentRefs: [{ name: gw }, { name: known }], hostnames: [web.example], rules: [{ backendRefs: [{ name: web, port: 80 }] }]',
    ) +
    httpRoute(
      'heard',
      'hostnames: [heard.example], rules: [{ backendRefs: [{ name: heard, port: 80 }] }]',
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), secure.close(), listener.close()]);
});

const asking = async (at = '127.0.0.1'): Promise<SeenConnection | number> => {
  const port = at === '127.0.0.1' ? gateway.ports.http : gateway.ports.other;
  const { status, body } = await gateway.ask({ host: 'web.example', port, at });
  return status === 200 ? (JSON.parse(body) as SeenConnection) : status;
};

test.serial(
  'TLS is spoken as the policy says, with the certificate of the Gateway that has one',
  async (t) => {
    await gateway.apply(
      'policy.yaml',
      configMap('ours', ours.certificate) + policy('web', trusting('ours')),
    );
    const seen = await asking();
    t.like(seen, { serverName: 'web.example', http: '1.1' });
    t.false(typeof seen === 'object' && 'client' in seen);
    t.like(await asking('127.0.0.2'), { client: 'DNS:gateway.example' });
  },
);

test.serial(
  'a backend with a certificate of somebody else, or for another name, gets no request',
  async (t) => {
    await gateway.apply(
      'policy.yaml',
      configMap('others', others.certificate) + policy('web', trusting('others')),
    );
    t.is(await asking(), 503);
    await gateway.apply(
      'policy.yaml',
      configMap('ours', ours.certificate) + policy('web', trusting('ours', 'other.example')),
    );
    t.is(await asking(), 503);
  },
);

test.serial('names of the certificate that are listed count in place of the server', async (t) => {
  const named = (name: string): string =>
    configMap('ours', ours.certificate) +
    policy(
      'web',
      `${trusting('ours', 'sni.example')}, subjectAltNames: [{ type: Hostname, hostname: ${name} }]`,
    );
  await gateway.apply('policy.yaml', named('web.example'));
  t.like(await asking(), { serverName: 'sni.example' });
  await gateway.apply('policy.yaml', named('other.example'));
  t.is(await asking(), 503);
});

test.serial('without the authorities not one byte goes out, and with them only TLS', async (t) => {
  const status = async () => (await gateway.ask({ host: 'heard.example', path: '/geheim' })).status;
  await gateway.apply('heard.yaml', policy('heard', 'hostname: 7'));
  t.is(await status(), 500, 'a policy that cannot be read');
  await gateway.apply('heard.yaml', policy('heard', trusting('later')));
  t.is(await status(), 500);
  await gateway.apply(
    'heard.yaml',
    policy('heard', 'hostname: web.example, wellKnownCACertificates: odd.example/x'),
  );
  t.is(await status(), 500);
  t.deepEqual(heard, []);
  await gateway.apply(
    'heard.yaml',
    policy('heard', trusting('later')) + configMap('later', ours.certificate),
  );
  t.true((await status()) >= 500);
  t.true(heard.length > 0);
  for (const bytes of heard) t.is(bytes.charCodeAt(0), 0x16);
});
