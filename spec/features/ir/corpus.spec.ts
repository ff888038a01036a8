import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import test from 'ava';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../../../src/edge/envoy/find-envoy.ts';
import { staticBootstrap } from '../../../src/xds/bootstrap/static-bootstrap.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { casesOf, topics, translationOf, type CorpusCase } from '../../_support/corpus/corpus.ts';
import { tempDir } from '../../_support/process/temp-dir.ts';

test.beforeEach((t) => t.timeout(300_000));

for (const topic of topics)
  test(`Envoy accepts what becomes of manifests about ${topic.replaceAll('-', ' ')}`, async (t) => {
    const folder = await tempDir(t);
    const { path: envoy } = await findEnvoy({
      asked: process.env['HEADGATE_ENVOY'],
      cacheFolder: cacheFolder({ env: process.env }),
      env: process.env,
      progress: () => undefined,
    });
    for (const one of casesOf(topic)) {
      const config = join(folder, `${one.name}.json`);
      await writeFile(config, bootstrapOf(one));
      const flags = ['--mode', 'validate', '--log-level', 'error', '--config-path', config];
      const said = await run(envoy, flags).then(
        () => 'accepted',
        (error: unknown) => String(error),
      );
      t.is(said, 'accepted', one.name);
    }
  });

const run = promisify(execFile);

const bootstrapOf = (one: CorpusCase): string =>
  JSON.stringify(staticBootstrap(makeSnapshot(undefined, translationOf(one).ir).resources));
