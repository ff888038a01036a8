import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { run } from '../../../src/edge/process/run.ts';
import { chartObjects, only } from '../../_support/api-server/chart.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate } from '../../_support/process/headgate-process.ts';

interface TestPod {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly [
      { readonly command: readonly string[]; readonly args: readonly string[] },
    ];
  };
}

test('what `helm test` runs passes where a gateway is ready, and fails where there is none', async (t) => {
  const pod = only(await chartObjects('gate'), 'Pod') as unknown as TestPod;
  const [{ command, args }] = pod.spec.containers;
  const url = args.at(-1) ?? '';
  const ask = async (base: string) =>
    await run(
      process.execPath,
      [...args.slice(0, -1), url.replace('http://headgate-admin.gate:8877', base)],
      { env: process.env, timeout: 60_000 },
    );

  t.is(pod.metadata.annotations['helm.sh/hook'], 'test');
  t.deepEqual(command, ['/usr/bin/node']);

  const place = aPlace(t);
  writeFileSync(join(place.manifests, 'empty.yaml'), '');
  const headgate = startHeadgate(t, place);
  await eventually('it is ready', headgate.isReady);
  const ready = await ask(new URL((await headgate.get('/')).url).origin);
  const missing = await ask('http://127.0.0.1:9');

  t.is(ready.code, 0, ready.output);
  t.is(missing.code, 1, missing.output);
});
