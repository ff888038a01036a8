import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { statusFor } from '../../../_support/tls/tls-client.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const authority = anAuthority('known');
const client = authority.sign({ names: ['client.example'] });
const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS', tlsLayout: 'on-demand' }) +
    tlsSecret('server', authority.sign({ names: ['*.example', '*.wide.example'] })) +
    opaqueSecret('ca', { 'tls.crt': authority.certificate }) +
    host('*.wide.example', 'tlsSecret: { name: server }') +
    host('plain.example', 'tlsSecret: { name: server }') +
    host('same.example', 'tlsSecret: { name: server }, tlsContext: { name: bare }') +
    tlsContext('bare', 'secret: server, hosts: [same.example]') +
    mapping('all', backend.port, 'prefix: /'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

const statusOf = async (servername: string, more = {}): Promise<string> =>
  await statusFor({ port: gateway.ports.https, servername, ...more });

/** How many filter chains for TLS the Listener has in Envoy. */
const chains = async (): Promise<number> => {
  const dump = await gateway.envoy.configDump('?resource=dynamic_listeners');
  const { configs } = dump as { readonly configs: readonly { readonly active_state?: unknown }[] };
  const active = JSON.stringify(configs.map((one) => one.active_state));
  return (active.match(/\.DownstreamTlsContext"/g) ?? []).length;
};

const othersAreServed = async (t: ExecutionContext): Promise<void> => {
  for (const name of ['in.wide.example', 'plain.example', 'same.example'])
    t.is(await statusOf(name), '200', name);
};

test.serial('a TLSContext that asks for nothing but a certificate comes on demand', async (t) => {
  await othersAreServed(t);
  t.is(await chains(), 1);
});

test.serial(
  'one that asks for more gives every name a chain, as long as it is there',
  async (t) => {
    await gateway.apply(
      'strict.yaml',
      host(
        'strict.wide.example',
        'tlsSecret: { name: server }, tls: { ca_secret: ca, cert_required: true }',
      ),
    );
    await othersAreServed(t);
    t.true((await chains()) > 1);
    t.is(await statusOf('strict.wide.example'), 'nothing');
    t.is(await statusOf('strict.wide.example', { shown: client }), '200');
    t.is(await statusOf('in.wide.example', { host: 'strict.wide.example', shown: client }), '421');
    t.like(await gateway.problems('Listener default/https'), [{ problem: 'Conflict' }]);
    await gateway.remove('strict.yaml');
    await othersAreServed(t);
    t.is(await chains(), 1);
  },
);

test.serial(
  'one that cannot be obeyed is refused on demand, also inside of a wider name',
  async (t) => {
    await gateway.apply(
      'closed.yaml',
      host('closed.wide.example', 'tlsSecret: { name: server }, tls: { ca_secret: nowhere }'),
    );
    await othersAreServed(t);
    t.is(await chains(), 1);
    t.is(await statusOf('closed.wide.example', { shown: client }), 'nothing');
    t.is(await statusOf('in.wide.example', { host: 'closed.wide.example' }), '421');
  },
);
