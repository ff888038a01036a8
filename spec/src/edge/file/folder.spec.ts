import { chmod, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { listManifests } from '../../../../src/edge/file/list-manifests.ts';
import { openFolder } from '../../../../src/edge/file/folder.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

test('reads manifests of all sub-folders, sorted, and nothing else', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, 'sub/deep'), { recursive: true });
  await mkdir(join(dir, '.git'));
  await writeFile(join(dir, 'b.yml'), 'b');
  await writeFile(join(dir, 'a.yaml'), 'a');
  await writeFile(join(dir, 'sub/deep/c.json'), 'c');
  await writeFile(join(dir, 'README.md'), 'no manifest');
  await writeFile(join(dir, '.a.yaml.swp'), 'hidden');
  await writeFile(join(dir, '.git/d.yaml'), 'in a hidden folder');

  const folder = await openFolder(dir);

  t.deepEqual(await folder.read(), [
    { file: join(dir, 'a.yaml'), text: 'a' },
    { file: join(dir, 'b.yml'), text: 'b' },
    { file: join(dir, 'sub/deep/c.json'), text: 'c' },
  ]);
});

test('gives a file that did not change as the same value, and a changed one anew', async (t) => {
  const dir = await tempDir(t);
  await writeFile(join(dir, 'a.yaml'), 'a');
  await writeFile(join(dir, 'b.yaml'), 'b');
  const folder = await openFolder(dir);
  const [a, b] = await folder.read();

  await writeFile(join(dir, 'b.yaml'), 'B');
  const [sameA, newB] = await folder.read();

  t.is(sameA, a);
  t.not(newB, b);
  t.deepEqual(newB, { file: join(dir, 'b.yaml'), text: 'B' });
});

test('sees an atomic save as one file with another text', async (t) => {
  const dir = await tempDir(t);
  await writeFile(join(dir, 'a.yaml'), 'old');
  const folder = await openFolder(dir);
  await folder.read();

  await writeFile(join(dir, '.a.yaml.tmp'), 'new');
  await rename(join(dir, '.a.yaml.tmp'), join(dir, 'a.yaml'));

  t.deepEqual(await folder.read(), [{ file: join(dir, 'a.yaml'), text: 'new' }]);
});

test('follows renames and deletions', async (t) => {
  const dir = await tempDir(t);
  await writeFile(join(dir, 'a.yaml'), 'a');
  await writeFile(join(dir, 'b.yaml'), 'b');
  const folder = await openFolder(dir);
  await folder.read();

  await rename(join(dir, 'a.yaml'), join(dir, 'c.yaml'));
  await unlink(join(dir, 'b.yaml'));

  t.deepEqual(await folder.read(), [{ file: join(dir, 'c.yaml'), text: 'a' }]);
});

test('reads the links of a mounted ConfigMap once, before and after a swap', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, '..2026_01'));
  await writeFile(join(dir, '..2026_01/a.yaml'), 'first');
  await symlink('..2026_01', join(dir, '..data'));
  await symlink('..data/a.yaml', join(dir, 'a.yaml'));
  const folder = await openFolder(dir);
  t.deepEqual(await folder.read(), [{ file: join(dir, 'a.yaml'), text: 'first' }]);

  await mkdir(join(dir, '..2026_02'));
  await writeFile(join(dir, '..2026_02/a.yaml'), 'second');
  await symlink('..2026_02', join(dir, '..data_tmp'));
  await rename(join(dir, '..data_tmp'), join(dir, '..data'));
  await rm(join(dir, '..2026_01'), { recursive: true });

  t.deepEqual(await folder.read(), [{ file: join(dir, 'a.yaml'), text: 'second' }]);
});

test('follows a linked folder, but not in circles', async (t) => {
  const dir = await tempDir(t);
  const elsewhere = join(dir, '.elsewhere');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'a.yaml'), 'a');
  await symlink('.elsewhere', join(dir, 'linked'));
  await symlink(dir, join(elsewhere, 'back'));

  const folder = await openFolder(dir);

  t.deepEqual(await folder.read(), [{ file: join(dir, 'linked/a.yaml'), text: 'a' }]);
});

test('leaves out a link to a file that is gone', async (t) => {
  const dir = await tempDir(t);
  await symlink('..data/a.yaml', join(dir, 'a.yaml'));

  const folder = await openFolder(dir);

  t.deepEqual(await folder.read(), []);
});

test('says why a file cannot be read, and reads it when it can', async (t) => {
  const dir = await tempDir(t);
  await symlink('loop.yaml', join(dir, 'loop.yaml'));
  await writeFile(join(dir, 'latin1.yaml'), Buffer.from([0x6e, 0xe9]));
  await writeFile(join(dir, 'large.yaml'), '#'.repeat(4_194_305));
  const folder = await openFolder(dir);

  const first = await folder.read();
  t.deepEqual(first, [
    {
      file: join(dir, 'large.yaml'),
      unreadable: 'is 4194305 bytes long, expected at most 4194304',
    },
    { file: join(dir, 'latin1.yaml'), unreadable: 'is not UTF-8 text' },
    { file: join(dir, 'loop.yaml'), unreadable: 'cannot be read: ELOOP' },
  ]);

  await unlink(join(dir, 'loop.yaml'));
  await writeFile(join(dir, 'loop.yaml'), 'fine');
  const second = await folder.read();
  t.is(second[0], first[0]);
  t.is(second[1], first[1]);
  t.deepEqual(second[2], { file: join(dir, 'loop.yaml'), text: 'fine' });
});

const unprivileged = process.getuid?.() === 0 ? test.skip : test;

unprivileged('notices that permissions changed', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, 'sub'));
  await writeFile(join(dir, 'a.yaml'), 'a');
  await writeFile(join(dir, 'sub/b.yaml'), 'b');
  const folder = await openFolder(dir);
  const readable = await folder.read();

  await chmod(join(dir, 'a.yaml'), 0);
  await chmod(join(dir, 'sub'), 0);
  t.deepEqual(await folder.read(), [
    { file: join(dir, 'a.yaml'), unreadable: 'cannot be read: EACCES' },
    { file: join(dir, 'sub/b.yaml'), unreadable: 'cannot be listed: EACCES' },
  ]);

  await chmod(join(dir, 'a.yaml'), 0o600);
  await chmod(join(dir, 'sub'), 0o700);
  t.deepEqual(await folder.read(), readable);
});

test('does not open without a folder', async (t) => {
  const dir = await tempDir(t);
  await writeFile(join(dir, 'file'), '');

  await t.throwsAsync(openFolder(join(dir, 'none')), {
    message: `expected a folder of manifests at ${join(dir, 'none')}, found nothing`,
  });
  await t.throwsAsync(openFolder(join(dir, 'file')), {
    message: `expected a folder of manifests at ${join(dir, 'file')}, found a file`,
  });
});

test('fails to read, instead of finding nothing, when the folder is gone', async (t) => {
  const dir = join(await tempDir(t), 'manifests');
  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), 'a');
  const folder = await openFolder(dir);
  await folder.read();

  await rm(dir, { recursive: true });
  await t.throwsAsync(async () => folder.read(), { code: 'ENOENT' });

  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), 'back');
  t.deepEqual(await folder.read(), [{ file: join(dir, 'a.yaml'), text: 'back' }]);
});

test('a link that leads out of the folder is not followed, and that is said', async (t) => {
  const dir = await tempDir(t);
  const outside = await tempDir(t);
  await writeFile(join(outside, 'secret.yaml'), 'a secret');
  await mkdir(join(dir, 'sub'));
  await writeFile(join(dir, 'sub/a.yaml'), 'a');
  await symlink(join(outside, 'secret.yaml'), join(dir, 'file.yaml'));
  await symlink(outside, join(dir, 'out'));
  await symlink('/proc/self', join(dir, 'proc'));
  await symlink('sub', join(dir, 'in'));

  const reason = 'is a link that leads out of the folder';
  t.deepEqual(await (await openFolder(dir)).read(), [
    { file: join(dir, 'file.yaml'), unreadable: reason },
    { file: join(dir, 'in/a.yaml'), text: 'a' },
    { file: join(dir, 'out'), unreadable: reason },
    { file: join(dir, 'proc'), unreadable: reason },
    { file: join(dir, 'sub/a.yaml'), text: 'a' },
  ]);
});

test('a mounted ConfigMap is read through its links', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, 'cm/..2026'), { recursive: true });
  await writeFile(join(dir, 'cm/..2026/m.yaml'), 'm');
  await symlink('..2026', join(dir, 'cm/..data'));
  await symlink('..data/m.yaml', join(dir, 'cm/m.yaml'));

  t.deepEqual(await (await openFolder(dir)).read(), [{ file: join(dir, 'cm/m.yaml'), text: 'm' }]);
});

test('links that make few folders look like very many do not hold up anybody', async (t) => {
  const dir = await tempDir(t);
  for (let i = 0; i < 12; i += 1) await mkdir(join(dir, `d${i}`));
  for (let i = 0; i < 11; i += 1)
    for (let j = 0; j < 4; j += 1) await symlink(`../d${i + 1}`, join(dir, `d${i}/l${j}`));

  await t.throwsAsync(listManifests(dir, [], { entries: 1000, depth: 32 }), {
    message: /more than 1000 files/,
  });
  await t.notThrowsAsync(listManifests(join(dir, 'd10'), [], { entries: 10, depth: 32 }));
});

test('what is too deep is left out and said; the rest is read', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, 'a/b/c/d'), { recursive: true });
  await writeFile(join(dir, 'a/b/x.yaml'), 'x');
  await writeFile(join(dir, 'a/b/c/d/y.yaml'), 'y');

  const { files, blocked } = await listManifests(dir, [], { entries: 100, depth: 2 });

  t.deepEqual(files, ['a/b/x.yaml']);
  t.deepEqual([...blocked], [['a/b/c', 'cannot be listed: is more than 2 folders deep']]);
});
