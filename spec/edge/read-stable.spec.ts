import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { openFolder } from '../../src/edge/folder.ts';
import { tempDir } from '../_support/temp-dir.ts';

test('never reads half of a file that is written in two steps', async (t) => {
  const dir = await tempDir(t);
  const file = join(dir, 'a.yaml');
  await writeFile(file, 'old');
  const folder = await openFolder(dir, 400);
  await folder.read();

  await writeFile(file, 'first half');
  const reading = folder.read();
  await writeFile(file, ', second half', { flag: 'a' });

  t.deepEqual(await reading, [{ file, text: 'first half, second half' }]);
});

test('keeps what it knows of a file while somebody writes to it all the time', async (t) => {
  const dir = await tempDir(t);
  const file = join(dir, 'a.yaml');
  const quiet = 400;
  for (let attempt = 0; attempt < 20; attempt++) {
    await writeFile(file, 'old');
    const folder = await openFolder(dir, quiet);
    const before = await folder.read();

    const done = new AbortController();
    const writing = keepWriting(file, done.signal);
    const during = await folder.read();
    done.abort();

    if ((await writing) >= quiet) continue; // the disk gave the file a rest
    t.is(during[0], before[0]);
    return;
  }
  t.fail('expected a disk that can be written to all the time');
});

/** The longest time within which nothing may have been written, in milliseconds. */
const keepWriting = async (file: string, signal: AbortSignal): Promise<number> => {
  let longest = 0;
  for (let since = performance.now(); !signal.aborted;) {
    const began = performance.now();
    await writeFile(file, `half ${began}`);
    longest = Math.max(longest, performance.now() - since);
    since = began;
  }
  return longest;
};

test('waits for the text of a file that was emptied', async (t) => {
  const dir = await tempDir(t);
  const file = join(dir, 'a.yaml');
  await writeFile(file, 'old');
  const folder = await openFolder(dir, 1);
  await folder.read();

  await writeFile(file, '');
  const reading = folder.read();
  await writeFile(file, 'new');

  t.deepEqual(await reading, [{ file, text: 'new' }]);
});

test('believes in the end that a file is empty', async (t) => {
  const dir = await tempDir(t);
  const file = join(dir, 'a.yaml');
  await writeFile(file, 'old');
  const folder = await openFolder(dir, 1);
  await folder.read();

  await writeFile(file, '');

  t.deepEqual(await folder.read(), [{ file, text: '' }]);
});
