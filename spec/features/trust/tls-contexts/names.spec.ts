import test from 'ava';

import { curves, suiteGroups, suites } from '../../../../src/kube/codec/tls-names.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { statusFor } from '../../../_support/tls/tls-client.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const settings = [
  ...[...suites, ...suiteGroups].map((name) => `cipher_suites: [${JSON.stringify(name)}]`),
  ...curves.map((name) => `ecdh_curves: [${name}]`),
  `cipher_suites: [${[...suites, ...suiteGroups].map((name) => JSON.stringify(name)).join()}]`,
  'cipher_suites: ["[AES128-SHA|ECDHE+AES128]", "AES:ALL"]',
  'cipher_suites: [AES, "!SHA1", "-AES256", "+AES128", "@STRENGTH"]',
  'cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256, AES]',
];

const nameOf = (i: number): string => `n${i}.example`;

test('Envoy takes every name of suites and curves that is read', async (t) => {
  const gateway = await aGateway(
    ({ https }) =>
      listener('https', https, { protocol: 'HTTPS' }) +
      tlsSecret('server', anAuthority('known').sign({ names: ['*.example'], key: 'rsa' })) +
      settings
        .map((tls, i) => host(nameOf(i), `tlsSecret: { name: server }, tls: { ${tls} }`))
        .join(''),
  );
  t.teardown(gateway.stop);
  for (const [i, tls] of settings.entries())
    t.deepEqual(await gateway.problems(`Host default/${nameOf(i)}`), [], tls);
  const last = { port: gateway.ports.https, servername: nameOf(settings.length - 1) };
  t.is(await statusFor(last), '404');
});
