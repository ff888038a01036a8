import test from 'ava';

import { keys, values } from '../../src/collection/collection.ts';
import type { Port } from '../../src/ir/port.ts';
import { Sensitive } from '../../src/ir/sensitive.ts';
import { toJson } from '../../src/xds/message/to-json.ts';
import { TypeUrl, typeUrls } from '../../src/xds/type-url.ts';
import { anIrInEnvoy } from '../_support/envoy/an-ir-in-envoy.ts';
import { heldByEnvoy, isShownWithVersion, withoutKeys } from '../_support/envoy/held-by-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { anAuthority } from '../_support/world/an-authority.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { everyFieldIr } from '../_support/world/every-field-ir.ts';

const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

const port = async (): Promise<Port> => (await freePort()) as Port;

test('Envoy takes every field and every choice of the IR, and gives it back as it was sent', async (t) => {
  t.timeout(120_000);
  const { certificate, privateKey } = await aCertificate('*.b.example');
  const rsa = anAuthority('ca').sign({ names: ['*.b.example'], key: 'rsa' });
  const { resources, refused } = await envoy.serve(
    everyFieldIr({
      chain: certificate,
      key: new Sensitive('handle', privateKey),
      ports: [await port(), await port(), await port(), await port()],
      rsa: {
        certificateChain: rsa.certificate,
        privateKey: new Sensitive('rsa', rsa.privateKey),
      },
      authorities: certificate,
    }),
  );
  t.deepEqual(refused, []);
  const held = await heldByEnvoy(envoy.admin);
  for (const typeUrl of typeUrls) {
    t.true(resources[typeUrl].size > 0, typeUrl);
    for (const resource of values(resources[typeUrl])) {
      const { name, version } = resource;
      t.deepEqual(
        held.get(`${typeUrl} ${name}`),
        {
          version: isShownWithVersion(typeUrl) ? version : undefined,
          resource: withoutKeys(toJson(resource)),
        },
        name,
      );
    }
  }
  const sent = typeUrls
    .filter((typeUrl) => typeUrl !== TypeUrl.Endpoints)
    .flatMap((typeUrl) => [...keys(resources[typeUrl])].map((name) => `${typeUrl} ${name}`));
  const kept = [...held.keys()].filter((name) => !name.startsWith(TypeUrl.Endpoints));
  t.deepEqual(kept.sort(), sent.sort());
});
