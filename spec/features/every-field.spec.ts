import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { keys, values } from '../../src/collection/collection.ts';
import { run } from '../../src/edge/process/run.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Port } from '../../src/ir/port.ts';
import { Sensitive } from '../../src/ir/sensitive.ts';
import { staticBootstrap } from '../../src/xds/bootstrap/static-bootstrap.ts';
import { makeSnapshot } from '../../src/xds/make-snapshot.ts';
import { toJson } from '../../src/xds/message/to-json.ts';
import { TypeUrl, typeUrls } from '../../src/xds/type-url.ts';
import { anIrInEnvoy } from '../_support/envoy/an-ir-in-envoy.ts';
import { heldByEnvoy, isShownWithVersion, withoutKeys } from '../_support/envoy/held-by-envoy.ts';
import { realEnvoy } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import { anAuthority } from '../_support/world/an-authority.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { everyFieldIr } from '../_support/world/every-field-ir.ts';

const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

/** What Envoy has of its runtime is on another page (`spec/features/module/runtime-flags.spec.ts` looks at it). */
const dumped = typeUrls.filter((typeUrl) => typeUrl !== TypeUrl.Runtime);

const port = async (): Promise<Port> => (await freePort()) as Port;

const everything = async (): Promise<Ir> => {
  const { certificate, privateKey } = await aCertificate('*.b.example');
  const rsa = anAuthority('ca').sign({ names: ['*.b.example'], key: 'rsa' });
  return everyFieldIr({
    chain: certificate,
    key: new Sensitive('handle', privateKey),
    ports: [await port(), await port(), await port(), await port()],
    rsa: {
      certificateChain: rsa.certificate,
      privateKey: new Sensitive('rsa', rsa.privateKey),
    },
    authorities: certificate,
  });
};

test('Envoy takes every field and every choice of the IR, and gives it back as it was sent', async (t) => {
  t.timeout(120_000);
  const { resources, refused } = await envoy.serve(await everything());
  t.deepEqual(refused, []);
  const held = await heldByEnvoy(envoy.admin);
  for (const typeUrl of typeUrls) t.true(resources[typeUrl].size > 0, typeUrl);
  for (const typeUrl of dumped)
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
  const sent = dumped
    .filter((typeUrl) => typeUrl !== TypeUrl.Endpoints)
    .flatMap((typeUrl) => [...keys(resources[typeUrl])].map((name) => `${typeUrl} ${name}`));
  const kept = [...held.keys()].filter((name) => !name.startsWith(TypeUrl.Endpoints));
  t.deepEqual(kept.sort(), sent.sort());
});

test('an Envoy without a control plane takes them too', async (t) => {
  t.timeout(120_000);
  const { resources } = makeSnapshot(undefined, await everything());
  const config = join(await tempDir(t), 'envoy.json');
  await writeFile(config, JSON.stringify(staticBootstrap(resources)), { mode: 0o600 });
  const { path } = await realEnvoy();
  const validated = await run(path, ['--mode', 'validate', '--config-path', config], {
    env: process.env,
    timeout: 60_000,
  });
  t.is(validated.code, 0, validated.output);
});
