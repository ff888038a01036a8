import test from 'ava';

import type { NamedCollection } from '../../src/collection/operator/named-collections.ts';
import { debugPages } from '../../src/edge/admin/debug-server.ts';
import { TypeUrl } from '../../src/xds/type-url.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { heldByEnvoy, isShownWithVersion, type Held } from '../_support/envoy/held-by-envoy.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { everyFeature } from '../_support/world/every-feature.ts';

const certificate = await aCertificate('*.dumped.example');
const gateway = await aGateway((ports) => everyFeature(ports, certificate));
test.after.always(gateway.stop);

interface Shown {
  readonly name: string;
  readonly version: string;
  readonly resource: { readonly '@type': string };
}

/** What was sent, as the debug page shows it. */
const sent = async (typeUrl: TypeUrl): Promise<ReadonlyMap<string, Held>> => {
  const { resources } = await gateway.debug<{ readonly resources: readonly Shown[] }>('snapshot');
  return new Map(
    resources
      .filter(({ resource }) => resource['@type'] === typeUrl)
      .map(({ name, version, resource }) => [
        `${typeUrl} ${name}`,
        { version: isShownWithVersion(typeUrl) ? version : undefined, resource },
      ]),
  );
};

// The runtime is no part of the dump: `spec/features/module/runtime-flags.spec.ts` asks for it elsewhere.
const { Runtime: _, ...dumped } = TypeUrl;

for (const [type, typeUrl] of Object.entries(dumped))
  test(`Envoy gives back every ${type} resource as it was sent, with its version`, async (t) => {
    const expected = await sent(typeUrl);
    const held = await heldByEnvoy(gateway.envoy);
    t.true(expected.size > 0);
    for (const [name, resource] of expected) t.deepEqual(held.get(name), resource);
  });

test('Envoy holds nothing that was not sent, and refuses nothing', async (t) => {
  const held = await heldByEnvoy(gateway.envoy);
  for (const typeUrl of Object.values(TypeUrl).filter((type) => type !== TypeUrl.Endpoints)) {
    const names = [...held.keys()].filter((name) => name.startsWith(`${typeUrl} `));
    t.deepEqual(names.sort(), [...(await sent(typeUrl)).keys()].sort());
  }
  const rejected = await gateway.envoy.stats('update_rejected');
  t.true(rejected.size >= 4);
  for (const [counter, count] of rejected) t.is(count, 0, counter);
});

test('the steps tell how many resources they made', async (t) => {
  const steps = await gateway.debug<readonly NamedCollection[]>('steps');
  const made = new Map(steps.map(({ name, entries }) => [name, entries]));
  t.is(made.get('snapshot/clusters'), (await sent(TypeUrl.Cluster)).size);
  t.is(made.get('snapshot/scoped/scopes'), (await sent(TypeUrl.ScopedRoutes)).size);
});

test('no private key can be read from Envoy or from the debug pages', async (t) => {
  const [, line = ''] = certificate.privateKey.split('\n');
  const base64 = Buffer.from(certificate.privateKey).toString('base64').slice(8, 60);
  const pages = [
    JSON.stringify(await gateway.envoy.configDump('?include_eds')),
    ...(await Promise.all(
      debugPages.map(async (page) => JSON.stringify(await gateway.debug(page))),
    )),
  ];
  for (const page of pages) {
    t.false(page.includes(line));
    t.false(page.includes(base64));
    t.false(page.includes('PRIVATE KEY'));
  }
  t.regex(pages[0] ?? '', /dumped\.example/);
});
