import { mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { openFolder } from '../../../../src/edge/file/folder.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** A folder under watch: `until` reads it at every change, until it holds just these texts. */
const watched = async (t: ExecutionContext, dir: string) => {
  const folder = await openFolder(dir);
  let announced = 0;
  let wake = (): void => undefined;
  const subscription = folder.changes$.subscribe(() => {
    announced += 1;
    wake();
  });
  t.teardown(() => subscription.unsubscribe());
  let seen = 0;
  const announcement = async (): Promise<void> => {
    if (announced === seen)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    seen = announced;
  };
  const until = async (...texts: readonly string[]): Promise<void> => {
    for (;;) {
      await announcement();
      const files = await folder.read().catch(() => []);
      if (files.map((file) => ('text' in file ? file.text : '')).join() === texts.join()) return;
    }
  };
  return { until, silence: () => (seen = announced) };
};

const announces = test.macro({
  async exec(
    t: ExecutionContext,
    change: (dir: string) => Promise<unknown>,
    ...texts: readonly string[]
  ) {
    t.timeout(300_000);
    const dir = join(await tempDir(t), 'manifests');
    await mkdir(join(dir, '..2026_01'), { recursive: true });
    await writeFile(join(dir, '..2026_01/a.yaml'), 'mounted');
    await symlink('..2026_01', join(dir, '..data'));
    await symlink('..data/a.yaml', join(dir, 'a.yaml'));
    await writeFile(join(dir, 'b.yaml'), 'plain');
    const folder = await watched(t, dir);
    await folder.until('mounted', 'plain');

    folder.silence();
    await change(dir);

    await folder.until(...texts);
    t.pass();
  },
  title: (name = '') => `announces ${name}`,
});

test(
  'a new file',
  announces,
  (dir) => writeFile(join(dir, 'c.yaml'), 'new'),
  'mounted',
  'plain',
  'new',
);
test('a changed file', announces, (dir) => writeFile(join(dir, 'b.yaml'), 'B'), 'mounted', 'B');
test('a deleted file', announces, (dir) => unlink(join(dir, 'b.yaml')), 'mounted');
test(
  'an atomic save',
  announces,
  async (dir) => {
    await writeFile(join(dir, '.b.tmp'), 'saved');
    await rename(join(dir, '.b.tmp'), join(dir, 'b.yaml'));
  },
  'mounted',
  'saved',
);
test(
  'a file in a new sub-folder',
  announces,
  async (dir) => {
    await mkdir(join(dir, 'sub/deep'), { recursive: true });
    await writeFile(join(dir, 'sub/deep/c.yaml'), 'deep');
  },
  'mounted',
  'plain',
  'deep',
);
test(
  'a swapped ConfigMap',
  announces,
  async (dir) => {
    await mkdir(join(dir, '..2026_02'));
    await writeFile(join(dir, '..2026_02/a.yaml'), 'swapped');
    await symlink('..2026_02', join(dir, '..data_tmp'));
    await rename(join(dir, '..data_tmp'), join(dir, '..data'));
    await rm(join(dir, '..2026_01'), { recursive: true });
  },
  'swapped',
  'plain',
);
test(
  'what happens in a linked folder',
  announces,
  async (dir) => {
    await mkdir(join(dir, 'elsewhere'));
    await symlink('elsewhere', join(dir, 'linked'));
    await writeFile(join(dir, 'elsewhere/c.yaml'), 'linked');
  },
  'mounted',
  'plain',
  'linked',
  'linked',
);
test('a folder that is gone', announces, (dir) => rm(dir, { recursive: true }));
test(
  'a folder that went and came back',
  announces,
  async (dir) => {
    await rename(dir, join(dirname(dir), 'away'));
    await mkdir(dir);
    await writeFile(join(dir, 'b.yaml'), 'back');
  },
  'back',
);

test('hears of changes in a folder that came back', async (t) => {
  t.timeout(300_000);
  const dir = join(await tempDir(t), 'manifests');
  await mkdir(dir);
  const folder = await watched(t, dir);
  await folder.until();
  await rm(dir, { recursive: true });
  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), 'back');
  await folder.until('back');

  await writeFile(join(dir, 'a.yaml'), 'changed');

  await folder.until('changed');
  t.pass();
});
