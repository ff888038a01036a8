import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const [plain, secure] = [
  await startNotingBackend(),
  await startNotingBackend(await aCertificate('stranger.example')),
];
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), plain.close(), secure.close()]);
});

const context = `
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: { name: strict }
spec: { ca_secret: authorities }
`;

/** What is answered at `/a/`, and whether a request reached either service. */
const answered = async (manifests: string) => {
  await gateway.apply('a.yaml', manifests);
  const { status } = await gateway.ask({ path: '/a/' });
  return { status, reached: [...plain.reached(), ...secure.reached()].length };
};

const closed = { status: 503, reached: 0 };
const served = { status: 200, reached: 1 };

test.serial('a service is reached over TLS, and not verified, if that is asked for', async (t) => {
  t.deepEqual(
    await answered(mapping('a', `https://127.0.0.1:${secure.port}`, 'prefix: /a/')),
    served,
  );
  t.deepEqual(await answered(mapping('a', secure.port, "prefix: /a/, tls: 'true'")), served);
});

for (const [title, more, problem] of [
  ['that does not exist', '', { problem: 'NotFound' }],
  ['that cannot be used', context, { problem: 'InvalidCertificate' }],
] as const)
  test.serial(`with a TLSContext ${title} a service is not reached`, async (t) => {
    const tls = 'prefix: /a/, tls: strict';
    for (const service of [secure.port, `https://127.0.0.1:${secure.port}`, plain.port])
      t.deepEqual(await answered(mapping('a', service, tls) + more), closed, `${service}`);
    t.deepEqual(await answered(mapping('a', `http://127.0.0.1:${plain.port}`, tls) + more), closed);
    t.like(await gateway.problems('Mapping default/a'), [
      { problem: 'InvalidField', field: 'spec.tls' },
      { ...problem, field: 'spec.tls' },
    ]);
  });

test.serial(
  'requests for it fall to no other Mapping, and the share of a canary fails',
  async (t) => {
    const others = mapping('below', plain.port, 'prefix: /');
    t.deepEqual(
      await answered(others + mapping('a', secure.port, 'prefix: /a/, tls: strict')),
      closed,
    );
    t.deepEqual(
      await answered(
        mapping('main', plain.port, 'prefix: /a/, weight: 0') +
          mapping('a', secure.port, 'prefix: /a/, tls: strict, weight: 100'),
      ),
      closed,
    );
  },
);

test.serial('no copy of a request is sent to it', async (t) => {
  t.deepEqual(
    await answered(
      mapping('main', plain.port, 'prefix: /a/') +
        mapping('a', secure.port, 'prefix: /a/, tls: strict, shadow: true'),
    ),
    served,
  );
});

test.serial('a redirect needs none', async (t) => {
  t.deepEqual(
    await answered(mapping('a', 'other.example', 'prefix: /a/, host_redirect: true, tls: strict')),
    { status: 301, reached: 0 },
  );
});
