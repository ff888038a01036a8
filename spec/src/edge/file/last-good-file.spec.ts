import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { lastGoodFile } from '../../../../src/edge/file/last-good-file.ts';
import { objectKey } from '../../../../src/ir/object-ref.ts';
import type { LastGood } from '../../../../src/kube/last-good.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const aHost = (namespace: string, name: string, label = ''): LastGood<'Host'> => ({
  kind: 'Host',
  key: objectKey(namespace, name),
  content: { metadata: { name, namespace, labels: { label } }, spec: { hostname: 'a.example' } },
  because: 'Invalid',
});

const aFolderWithFile = async (t: ExecutionContext) => {
  const folder = await tempDir(t);
  const path = join(folder, 'last-good.ndjson');
  const warnings: string[] = [];
  const open = (input = 'manifests') =>
    lastGoodFile(path, { input, warn: (message) => void warnings.push(message) });
  return { folder, path, open, warnings };
};

test('gives the next run what was written last, for its owner alone', async (t) => {
  const { path, open, warnings } = await aFolderWithFile(t);
  const all: readonly LastGood[] = [
    aHost('shop', 'a'),
    { ...aHost('shop', 'b'), because: 'Refused', uid: '1', file: 'b.yaml' },
  ];
  const file = open();
  t.deepEqual(file.read(), []);
  file.write([aHost('shop', 'gone')]);
  file.write(all);

  t.deepEqual(open().read(), all);
  t.is((await stat(path)).mode & 0o777, 0o600);
  t.deepEqual(warnings, []);
});

test('there is no file as long as there is nothing to keep, and the same is not written again', async (t) => {
  const { folder, path, open } = await aFolderWithFile(t);
  open().write([]);
  t.deepEqual(await readdir(folder), []);

  open().write([aHost('shop', 'a')]);
  const { ino } = await stat(path);
  const next = open();
  next.write(next.read());
  t.is((await stat(path)).ino, ino);
  next.write([]);
  t.deepEqual(await readdir(folder), []);
});

const ignores = test.macro(
  async (t, change: (text: string) => string, kept: number, warning: string, input?: string) => {
    const { path, open, warnings } = await aFolderWithFile(t);
    open().write([aHost('shop', 'a'), aHost('shop', 'b')]);
    await writeFile(path, change(await readFile(path, 'utf8')));
    const file = open(input);

    t.is(file.read().length, kept);
    t.deepEqual(warnings, [`${path}, last good versions: ${warning}`]);
    file.write([]);
    t.deepEqual(open(input).read(), [], 'it is replaced');
    t.is(warnings.length, 1);
  },
);

const notUsed = 'not used, because the file';

test(
  'of what is damaged the rest is used',
  ignores,
  (text) => text.slice(0, -9),
  1,
  '1 of 2 cannot be read',
);
test(
  'an object that its codec refuses is left out',
  ignores,
  (text) => text.replace('"a.example"', '7'),
  1,
  '1 of 2 cannot be read',
);
test('no text', ignores, () => '\0', 0, `${notUsed} was written by another version of Headgate`);
test(
  'another version',
  ignores,
  (text) => text.replace('"version":1', '"version":2'),
  0,
  `${notUsed} was written by another version of Headgate`,
);
test(
  'another input',
  ignores,
  (text) => text,
  0,
  `${notUsed} is of another configuration`,
  'other manifests',
);
test('a huge file', ignores, (text) => text + ' '.repeat(17e6), 0, `${notUsed} is too large`);

test('what cannot be read or written is said once, and no error', async (t) => {
  const { path, open, warnings } = await aFolderWithFile(t);
  await mkdir(path);
  const file = open();

  t.deepEqual(file.read(), []);
  file.write([aHost('shop', 'a')]);
  file.write([aHost('shop', 'b')]);
  t.deepEqual(
    warnings.map((line) => line.replace(/: E.*|because E.*/, '')),
    [`${path}, last good versions: not used, `, 'the last good versions of objects cannot be kept'],
  );
});

test('is bounded; no namespace takes the place of another', async (t) => {
  const { path, open, warnings } = await aFolderWithFile(t);
  const greedy = Array.from({ length: 2_000 }, (_, i) => aHost('greedy', `h${i}`));
  const large = Array.from({ length: 100 }, (_, i) => aHost(`large-${i}`, 'a', 'a'.repeat(60_000)));
  const tooLarge = aHost('too-large', 'a', 'ä'.repeat(40_000));
  const file = open();
  file.write([...greedy, tooLarge, ...large, aHost('shop', 'a'), aHost('shop', 'b')]);
  file.write([...greedy, tooLarge, ...large, aHost('shop', 'a'), aHost('shop', 'c')]);

  const kept = open()
    .read()
    .map(({ key }) => key);
  t.true((await stat(path)).size < 4_200_000);
  t.true(kept.length <= 1_000);
  t.true(kept.includes('shop/a') && kept.includes('shop/c') && kept.includes('greedy/h100'));
  t.false(kept.includes('too-large/a'));
  t.is(kept.filter((key) => key.startsWith('large-')).length, 69);
  t.is(warnings.length, 1);
});
