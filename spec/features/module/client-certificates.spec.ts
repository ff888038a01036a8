import { createHash, X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { json } from 'node:stream/consumers';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import type { Said } from '../../_support/envoy/ask.ts';
import { opaqueSecret } from '../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import {
  host,
  listener,
  mapping,
  moduleOf,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const authority = anAuthority('known');
const server = authority.sign({ names: ['*.example'] });
const client = authority.sign({ names: ['client.example'] });
const stranger = anAuthority('other').sign({ names: ['stranger.example'] });

const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', server) +
    opaqueSecret('ca', { 'tls.crt': authority.certificate }) +
    host(
      'asking.example',
      'tlsSecret: { name: server }, tls: { ca_secret: ca, cert_required: true }',
    ) +
    host('optional.example', 'tlsSecret: { name: server }, tls: { ca_secret: ca }') +
    host('open.example', 'tlsSecret: { name: server }') +
    host('*') +
    mapping('all', backend.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

const header = 'x-forwarded-client-cert';
const forged = 'By=spiffe://forged;Subject="CN=admin"';

/** What the service is told at a name of a client that shows this certificate, or none, and forges a header. */
const told = async (
  name: string,
  shown: typeof client | undefined,
): Promise<string | undefined> => {
  const asked = request({
    host: '127.0.0.1',
    port: gateway.ports.https,
    servername: name,
    headers: { host: name, [header]: forged },
    rejectUnauthorized: false,
    agent: false,
    timeout: 60_000,
    ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
  });
  const answered = Promise.withResolvers<string | undefined>();
  asked.once('response', (response) => {
    void json(response).then(
      (said) => answered.resolve((said as Said).headers[header]),
      answered.reject,
    );
  });
  asked.once('timeout', () => asked.destroy(new Error('no answer')));
  asked.once('error', answered.reject);
  asked.end();
  return await answered.promise;
};

const toldInCleartext = async (): Promise<string | undefined> =>
  (await gateway.ask({ host: 'any.example', headers: { [header]: forged } })).said.headers[header];

const { raw, subject } = new X509Certificate(client.certificate);
const hash = `Hash=${createHash('sha256').update(raw).digest('hex')}`;
const pem = encodeURIComponent(
  client.certificate.endsWith('\n') ? client.certificate : `${client.certificate}\n`,
);

/** What is told of the certificate, by what is asked for. */
const details: readonly (readonly [asked: string, told: string])[] = [
  ['', hash],
  ['subject: true', `${hash};Subject="${subject}"`],
  ['dns: true', `${hash};DNS=client.example`],
  ['cert: true', `${hash};Cert="${pem}"`],
  ['chain: true', `${hash};Chain="${pem}"`],
  ['uri: true', `${hash};URI=`],
  ['subject: false, dns: true', `${hash};DNS=client.example`],
  ['subject: true, dns: true', `${hash};Subject="${subject}";DNS=client.example`],
];

/** By value: what is told where the client has shown a certificate, and where it has not. */
const values: Readonly<
  Record<string, { readonly shown: (own: string) => string | undefined; readonly none?: string }>
> = {
  SANITIZE: { shown: () => undefined },
  FORWARD_ONLY: { shown: () => forged },
  APPEND_FORWARD: { shown: (own) => `${forged},${own}` },
  SANITIZE_SET: { shown: (own) => own },
  ALWAYS_FORWARD_ONLY: { shown: () => forged, none: forged },
};

for (const [value, expected] of Object.entries(values))
  test.serial(`${value}: what a service is told of the certificate of a client`, async (t) => {
    for (const [asked, own] of details) {
      await gateway.apply(
        'module.yaml',
        moduleOf(
          `forward_client_cert_details: ${value}, set_current_client_cert_details: { ${asked} }`,
        ),
      );
      for (const name of ['asking.example', 'optional.example'])
        t.is(await told(name, client), expected.shown(own), `${name} ${asked}`);
      t.is(await told('optional.example', undefined), expected.none, `nothing shown ${asked}`);
      // Who is asked for none shows none: what the client has is not told there, nor what it forges.
      t.is(await told('open.example', client), expected.none, `nothing asked ${asked}`);
      t.is(await toldInCleartext(), expected.none, `cleartext ${asked}`);
      await t.throwsAsync(told('asking.example', undefined));
      await t.throwsAsync(told('asking.example', stranger));
    }
  });

test.serial('with underscores the header is another one, which a Module can drop', async (t) => {
  const headers = { x_forwarded_client_cert: forged };
  const name = 'x_forwarded_client_cert';
  const got = async () => (await gateway.ask({ host: 'any.example', headers })).said.headers[name];
  await gateway.apply('module.yaml', moduleOf('forward_client_cert_details: SANITIZE_SET'));
  t.is(await got(), forged);
  await gateway.apply(
    'module.yaml',
    moduleOf(
      'forward_client_cert_details: SANITIZE_SET, headers_with_underscores_action: DROP_HEADER',
    ),
  );
  t.is(await got(), undefined);
});
