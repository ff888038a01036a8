import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const own = await aCertificate('good.example');
const theirs = await aCertificate('good.example', 'theirs.example');
const tls = 'tlsSecret: { name: cert }';
const open = 'requestPolicy: { insecure: { action: Route } }';

/** An object of a namespace, created at the beginning of a year. */
const of = (namespace: string, year: number, name = namespace): string =>
  `name: ${name}, namespace: ${namespace}, creationTimestamp: '${year}-01-01T00:00:00Z'`;

const secretOf = (namespace: string, pair: typeof own): string =>
  tlsSecret('cert', pair).replace('{ name: cert }', `{ name: cert, namespace: ${namespace} }`);

/** A Listener of the namespace `default`, created at the beginning of a year. */
const listenerOf = (year: number, ...rest: Parameters<typeof listener>): string =>
  listener(...rest).replace(
    'metadata: {',
    `metadata: { creationTimestamp: '${year}-01-01T00:00:00Z',`,
  );

const aGatewayWith = async (tlsLayout: string): Promise<Gateway> =>
  await aGateway(
    ({ http, https }) =>
      listener('http', http) +
      listenerOf(2024, 'https', https, { protocol: 'HTTPS', tlsLayout }) +
      secretOf('good', own) +
      secretOf('aaa', theirs) +
      host('good.example', `${tls}, ${open}`, of('good', 2024)) +
      mapping('all', backend.port, 'prefix: /'),
  );

const gateways = [
  ['chains', await aGatewayWith('chains')],
  ['on-demand', await aGatewayWith('on-demand')],
] as const;
test.after.always(async () => {
  await Promise.all([...gateways.map(async ([, { stop }]) => await stop()), backend.close()]);
});

for (const [tlsLayout, gateway] of gateways) {
  /** What clients of the name get over TLS and in cleartext. */
  const served = async (): Promise<readonly unknown[]> => {
    const overTls = await gateway.ask({ sni: 'good.example' });
    const { status } = await gateway.ask({ host: 'good.example' });
    return [overTls.status, overTls.certificate, status];
  };
  const asBefore = [200, 'DNS:good.example', 200];

  for (const [what, spec] of [
    ['asks for the name with its own certificate', tls],
    ['asks for TLS settings', `${tls}, tls: { min_tls_version: v1.2 }`],
    ['asks for a TLSContext', 'tlsContext: { name: strict }'],
    ['names a Secret that is missing', 'tlsSecret: { name: missing }'],
    ['rejects cleartext', 'requestPolicy: { insecure: { action: Reject } }'],
  ] as const)
    test.serial(
      `a younger Host of another namespace ${what}: nothing changes (${tlsLayout})`,
      async (t) => {
        await gateway.apply('stranger.yaml', host('good.example', spec, of('aaa', 2025)));
        t.deepEqual(await served(), asBefore);
        const problems = await gateway.problems('Host aaa/aaa');
        t.true(
          problems.some(({ message }) => message.endsWith('; Host good/good wins')),
          JSON.stringify(problems),
        );
        t.deepEqual(await gateway.problems('Host good/good'), []);
      },
    );

  test.serial(`the older of two has the name, whatever it is called (${tlsLayout})`, async (t) => {
    await gateway.apply(
      'stranger.yaml',
      host('good.example', tls, of('zzz', 2023)) + secretOf('zzz', theirs),
    );
    t.deepEqual(await served(), [200, 'DNS:good.example, DNS:theirs.example', 301]);
    await gateway.remove('stranger.yaml');
    t.deepEqual(await served(), asBefore);
  });

  test.serial(`a younger Listener does not get the port of another (${tlsLayout})`, async (t) => {
    const { https } = gateway.ports;
    const later = listenerOf(2025, 'first-by-name', https, { securityModel: 'INSECURE' });
    await gateway.apply('listener.yaml', later);
    t.deepEqual(await served(), asBefore);
    t.like(await gateway.problems('Listener default/first-by-name'), [
      { problem: 'Conflict', field: 'spec.port' },
    ]);
  });
}
