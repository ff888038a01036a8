import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { gatherImage } from '../../build/image.ts';
import { headgate } from '../_support/process/headgate.ts';
import { tempDir } from '../_support/process/temp-dir.ts';

test('what goes into the image runs by itself, without packages beside it', async (t) => {
  const folder = await tempDir(t);
  await gatherImage(folder);
  const program = join(folder, 'app', 'bin', 'headgate.js');
  const env = { HEADGATE_CACHE_DIR: join(folder, 'cache') };
  const surroundings = { cwd: folder, program, env };
  const version = await headgate(['--version'], surroundings);
  const here = await headgate(['translate', '--json', 'examples/quickstart'], { env });
  const there = await headgate(
    ['translate', '--json', join(process.cwd(), 'examples/quickstart')],
    {
      ...surroundings,
    },
  );
  const cluster = await headgate(['run', '--kubeconfig', 'none'], surroundings);

  t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
  t.is(there.stdout, here.stdout);
  t.regex(cluster.stderr, /none/);
  t.notRegex(cluster.stderr, /Cannot find (?:package|module)|Dynamic require/);
  for (const file of ['node', 'envoy', 'headgate-init', 'services/headgate/run'])
    t.not(statSync(join(folder, file)).mode & 0o111, 0, file);
  t.false(existsSync(join(folder, 'node_modules')));
});

test('every program that a script of the image calls is put into it', (t) => {
  const assembly = readFileSync('k8s/image/assemble.sh', 'utf8');
  const scripts = [
    ...['headgate-init', 'headgate-confined', 'headgate-envoy'],
    ...['services/headgate/run', 'services/headgate/finish'],
  ];
  const called = scripts.flatMap((name) =>
    readFileSync(`k8s/image/${name}`, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap(
        (line) => line.match(/(?<=^|[{}] |\/bin\/)[a-z][\w-]*|(?<=\/dev\/null )[\w-]+/g) ?? [],
      ),
  );

  t.true(called.includes('s6-svscan') && called.includes('s6-permafailon'));
  for (const name of new Set(called)) t.regex(assembly, new RegExp(`[/ "]${name}[ \n"]`), name);
});

test('the one service is the control plane', (t) => {
  t.deepEqual(readdirSync('k8s/image/services'), ['headgate']);
});
