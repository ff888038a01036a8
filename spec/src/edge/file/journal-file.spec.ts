import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { openJournalFile } from '../../../../src/edge/file/journal-file.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

test('keeps the order of what is written, for its owner alone', async (t) => {
  const path = join(await tempDir(t), 'run.ndjson');
  const file = await openJournalFile(path);
  const lines = Array.from({ length: 5_000 }, (_, index) => `${index}\n`);

  for (const line of lines) file.write(line);
  await file.close();

  t.is(await readFile(path, 'utf8'), lines.join(''));
  t.is((await stat(path)).mode & 0o777, 0o600);
});

test('keeps the journal of the run before', async (t) => {
  const path = join(await tempDir(t), 'run.ndjson');
  await writeFile(path, 'before', { mode: 0o644 });

  const file = await openJournalFile(path);
  file.write('after');
  await file.close();

  t.is(await readFile(path, 'utf8'), 'after');
  t.is(await readFile(`${path}.old`, 'utf8'), 'before');
  t.is((await stat(path)).mode & 0o777, 0o600);
});

test('stops instead of filling the memory when the disk does not keep up', async (t) => {
  const path = join(await tempDir(t), 'run.ndjson');
  const file = await openJournalFile(path, 100);

  file.write('x'.repeat(101));
  file.write('more');

  t.is((await file.lost).message, `recording to ${path} stopped: the disk does not keep up`);
  await t.notThrowsAsync(file.close());
});

test('does not open where no file can be', async (t) => {
  const dir = await tempDir(t);
  await mkdir(join(dir, 'folder'));

  await t.throwsAsync(openJournalFile(join(dir, 'folder')), {
    message: `the journal ${join(dir, 'folder')} cannot be written: it is a folder`,
  });
  await t.throwsAsync(openJournalFile(join(dir, 'none/run.ndjson')), {
    message: /none\/run.ndjson cannot be written: there is no such file or folder$/,
  });
});
