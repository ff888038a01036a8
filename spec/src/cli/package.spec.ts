import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import test from 'ava';

import { headgate } from '../../_support/process/headgate.ts';
import { tempDir } from '../../_support/process/temp-dir.ts';

const execute = promisify(execFile);

test('the npm package has all it needs, and nothing else', async (t) => {
  const folder = await tempDir(t);
  const packed = await execute('npm', ['pack', '--json', '--pack-destination', folder]);
  const [{ filename, files }] = JSON.parse(packed.stdout) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  const kinds = new Set(files.map(({ path }) => path.replace(/\/.*/, '')));
  for (const expected of ['bin', 'dist', 'examples', 'package.json', 'README.md'])
    t.true(kinds.has(expected), expected);
  for (const unexpected of ['src', 'streams', 'spec', 'proto', 'build', 'node_modules'])
    t.false(kinds.has(unexpected), unexpected);

  await execute('tar', ['-xzf', join(folder, filename), '-C', folder]);
  const root = join(folder, 'package');
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  t.false(existsSync(join(root, 'src')));
  t.deepEqual(
    (await readdir(join(root, 'examples', 'quickstart'))).toSorted(),
    (await readdir('examples/quickstart')).toSorted(),
  );

  const surroundings = {
    cwd: folder,
    program: join(root, 'bin', 'headgate.js'),
    env: { HEADGATE_CACHE_DIR: join(folder, 'cache') },
  };
  const example = join(root, 'examples', 'quickstart');
  const version = await headgate(['--version'], surroundings);
  const check = await headgate(['check', example], surroundings);
  const translate = await headgate(['translate', '--json', example], surroundings);
  const here = await headgate(['translate', '--json', 'examples/quickstart'], {
    env: surroundings.env,
  });

  t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
  t.like(check, { code: 0, stdout: '' });
  t.is(translate.code, 0);
  t.is(translate.stdout, here.stdout);
});
