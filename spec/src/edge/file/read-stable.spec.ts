import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { readStable, type StableFile } from '../../../../src/edge/file/read-stable.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** A file with this text and how it was read; `read` waits no time, and does this meanwhile. */
const aFile = async (t: ExecutionContext, text: string) => {
  const file = join(await tempDir(t), 'a.yaml');
  writeFileSync(file, text);
  // By this clock every change was a moment ago: the time of a change is that of the disk.
  let now = Date.now() - 3_600_000;
  const read = async (
    before: StableFile | undefined,
    meanwhile: (nth: number) => void = () => undefined,
  ) => {
    let waits = 0;
    const sleep = async (milliseconds: number): Promise<void> => {
      now += milliseconds;
      waits += 1;
      meanwhile(waits);
    };
    return await readStable(file, 40, before, { now: () => now, sleep });
  };
  return { file, read, known: await read(undefined) };
};

test('never reads half of a file that is written in two steps', async (t) => {
  const { file, read, known } = await aFile(t, 'old');
  writeFileSync(file, 'first half');

  const found = await read(known, (nth) => {
    if (nth === 1) appendFileSync(file, ', second half');
  });

  t.deepEqual(found?.content, { file, text: 'first half, second half' });
});

test('keeps what it knows of a file while somebody writes to it all the time', async (t) => {
  const { file, read, known } = await aFile(t, 'old');
  writeFileSync(file, 'half');
  let writes = 0;

  const found = await read(known, (nth) => {
    writes = nth;
    appendFileSync(file, ` and ${nth}`);
  });

  t.is(found, known);
  t.true(writes > 1);
});

test('says that a file is written to all the time when nothing else is known of it', async (t) => {
  const { file, read } = await aFile(t, 'half');

  const found = await read(undefined, (nth) => appendFileSync(file, ` and ${nth}`));

  t.deepEqual(found?.content, { file, unreadable: 'is being written to all the time' });
});

test('waits for the text of a file that was emptied', async (t) => {
  const { file, read, known } = await aFile(t, 'old');
  writeFileSync(file, '');

  const found = await read(known, () => writeFileSync(file, 'new'));

  t.is(found, known);
  t.deepEqual((await read(found))?.content, { file, text: 'new' });
});

test('believes in the end that a file is empty', async (t) => {
  const { file, read, known } = await aFile(t, 'old');
  writeFileSync(file, '');

  t.deepEqual((await read(known))?.content, { file, text: '' });
});
