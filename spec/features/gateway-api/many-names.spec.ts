import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  backend,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';
import { tlsSecret } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const certificate = await aCertificate('*.many.example');

const tls = (name: string, port: number, hostname: string, secret = 'cert'): string =>
  `{ name: ${name}, port: ${port}, protocol: HTTPS, hostname: '${hostname}', tls: { certificateRefs: [{ name: ${secret} }] } }`;

const listenerSet = (set: number, port: number): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: set-${set} }
spec:
  parentRef: { name: gw }
  listeners:
${Array.from({ length: 60 }, (_, i) => `    - ${tls(`n-${i}`, port, `n-${set}-${i}.many.example`)}`).join('\n')}
`;

const sets = [0, 1, 2, 3, 4];

/** Three hundred server names, more than have chains of their own. */
const gateway = await aGateway(
  ({ https }) =>
    ourClass +
    gatewayOf(
      [
        tls('wild', https, '*.many.example'),
        tls('broken', https, 'broken.many.example', 'nowhere'),
      ],
      {
        more: 'addresses: [{ value: 127.0.0.1 }]\n  allowedListeners: { namespaces: { from: Same } }',
      },
    ) +
    sets.map((set) => listenerSet(set, https)).join('') +
    tlsSecret('cert', certificate) +
    backend('a', a.port) +
    httpRoute('wild', `rules: [${rule('/wild', 'a')}]`) +
    sets
      .map((set) =>
        httpRoute(
          `of-${set}`,
          `parentRefs: [{ kind: ListenerSet, name: set-${set} }], rules: [${rule(`/${set}`, 'a')}]`,
        ),
      )
      .join(''),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const who = async (sni: string, host: string, path: string): Promise<string | number> => {
  const { said, status } = await gateway.ask({ sni, host, path });
  return said.service ?? status;
};

test('each of hundreds of server names is answered by the routes of its own listener', async (t) => {
  for (const [set, i] of [
    [0, 0],
    [2, 31],
    [4, 59],
  ] as const) {
    const name = `n-${set}-${i}.many.example`;
    t.is(await who(name, name, `/${set}`), 'a');
    t.is(await who(name, name, `/${set + 1}`), 404);
    t.is(await who(name, name, '/wild'), 404);
  }
  t.is(await who('x.many.example', 'y.many.example', '/wild'), 'a');
});

test('a request for another name than that of its connection is sent elsewhere', async (t) => {
  t.is(await who('n-0-0.many.example', 'n-0-1.many.example', '/0'), 421);
  t.is(await who('x.many.example', 'n-0-1.many.example', '/0'), 421);
  t.is(await who('x.many.example', 'broken.many.example', '/wild'), 421);
  t.is(await who('x.many.example', 'elsewhere.example', '/wild'), 421);
});

test('a name whose certificate is missing is refused among hundreds, too', async (t) => {
  await t.throwsAsync(gateway.ask({ sni: 'broken.many.example', path: '/wild' }));
});
