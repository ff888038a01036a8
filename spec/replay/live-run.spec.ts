import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';
import { isLeft } from 'fp-ts/lib/Either.js';
import { firstValueFrom, toArray } from 'rxjs';

import { xdsJson } from '../../src/cli/command/translate.ts';
import { recordedPipeline } from '../../src/cli/serve/recorded-pipeline.ts';
import { get } from '../../src/collection/collection.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { TypeUrl, typeUrls } from '../../src/xds/type-url.ts';
import type { Published } from '../../src/plane/published.ts';
import { replay } from '../../streams/replay/replay.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { replaceFile } from '../_support/world/editor.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

interface Debugged {
  readonly seq: number;
  readonly resources: readonly unknown[];
}

test('a recorded run replays to the same snapshots, byte for byte, and the same versions', async (t) => {
  const place = aPlace(t);
  const journalFile = join(place.state, '..', 'run.ndjson');
  const port = await freePort();
  const base =
    listener('https', port, { protocol: 'HTTPS' }) +
    host('one.example', 'tlsSecret: { name: one }');
  const save = (...texts: readonly string[]): void =>
    replaceFile(join(place.manifests, 'all.yaml'), texts.join(''));
  const first = await aCertificate('one.example');
  save(base, tlsSecret('one', first), mapping('a', 9, 'prefix: /a/'));

  const headgate = startHeadgate(t, place, ['--record', journalFile]);
  const seen = [];
  const edits = [
    () => save(base, tlsSecret('one', first), mapping('a', 9, 'prefix: /b/')),
    async () => {
      const second = await aCertificate('one.example');
      save(base, tlsSecret('one', second), mapping('a', 9, 'prefix: /b/'));
    },
    () => save(base, 'kind: [', mapping('a', 9, 'prefix: /b/')),
    undefined,
  ];
  for (const edit of edits) {
    await settled(headgate);
    const live = await headgate.debug<Debugged>('snapshot');
    const [stream] = await headgate.streams();
    seen.push({ ...live, types: stream?.types ?? {} });
    await edit?.();
    if (edit !== undefined)
      await eventually('the edit is published', async () => {
        const { seq } = await headgate.debug<Debugged>('snapshot');
        return seq > live.seq;
      });
  }
  t.is(await headgate.end('SIGTERM'), 0);

  const text = readFileSync(journalFile, 'utf8');
  t.notRegex(text, /PRIVATE KEY/);
  const journal = readJournal(text);
  if (isLeft(journal)) throw new Error(journal.left);
  const replayed = await firstValueFrom(
    replay(journal.right, { mode: { _tag: 'Instant' } }).pipe(
      recordedPipeline(journal.right),
      toArray(),
    ),
  );
  t.deepEqual(
    seen.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  for (const live of seen) {
    const again = replayed.find(({ snapshot }) => snapshot.seq === live.seq);
    t.deepEqual(
      withoutSecrets(again === undefined ? [] : xdsOf(again)),
      withoutSecrets(live.resources),
    );
    for (const typeUrl of typeUrls)
      for (const [name, version] of Object.entries(live.types[typeUrl]?.held ?? {}))
        t.is(again && get(again.snapshot.resources[typeUrl], name)?.version, version, name);
  }
});

/** As a client of the admin server sees it. */
const xdsOf = ({ snapshot }: Published): readonly unknown[] =>
  JSON.parse(JSON.stringify(xdsJson(snapshot.resources))) as readonly unknown[];

const withoutSecrets = (resources: readonly unknown[]): readonly unknown[] =>
  resources.filter((one) => !JSON.stringify(one).includes(`"${TypeUrl.Secret}"`));
