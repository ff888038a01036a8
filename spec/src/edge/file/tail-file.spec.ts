import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { tailFile } from '../../../../src/edge/file/tail-file.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** A file that is being followed, and the lines seen so far. */
const followed = async (t: ExecutionContext, before = '', { from = 0, most = 1 << 20 } = {}) => {
  const path = join(await tempDir(t), 'log');
  writeFileSync(path, before);
  const { promise: until, resolve: end } = Promise.withResolvers<unknown>();
  const lines: string[] = [];
  const outcome = Promise.withResolvers<string>();
  const subscription = tailFile(path, { from, most, every: 5, until }).subscribe({
    next: (line) => lines.push(line),
    complete: () => outcome.resolve('completed'),
    error: (error: NodeJS.ErrnoException) => outcome.resolve(error.code ?? error.message),
  });
  t.teardown(() => subscription.unsubscribe());
  const seen = async (count: number) =>
    await eventually(`${count} lines`, () => lines.length >= count);
  return { path, lines, seen, end, outcome: outcome.promise };
};

test('emits the lines that are added, each when it is complete', async (t) => {
  const { path, lines, seen } = await followed(t, 'old\n', { from: 4 });

  appendFileSync(path, 'one\ntw');
  await seen(1);
  t.deepEqual(lines, ['one']);
  appendFileSync(path, 'o\nthré');
  appendFileSync(path, 'e\n');
  await seen(3);
  t.deepEqual(lines, ['one', 'two', 'thrée']);
});

test('empties the file when it is long and read, and goes on', async (t) => {
  const { path, lines, seen } = await followed(t, '', { most: 100 });

  appendFileSync(path, `${'x'.repeat(120)}\n`);
  await eventually('an empty file', () => statSync(path).size === 0);
  appendFileSync(path, 'after\n');
  await seen(2);
  t.is(lines.at(-1), 'after');
});

test('reads what was written last before it completes', async (t) => {
  const { path, lines, end, outcome } = await followed(t);

  appendFileSync(path, 'last words\n');
  end(undefined);
  t.is(await outcome, 'completed');
  t.deepEqual(lines, ['last words']);
});

test('begins anew when somebody else empties the file', async (t) => {
  const { path, lines, seen } = await followed(t);
  appendFileSync(path, 'before, quite long\n');
  await seen(1);

  writeFileSync(path, '');
  appendFileSync(path, 'after\n');
  await seen(2);
  t.deepEqual(lines, ['before, quite long', 'after']);
});

test('fails when there is no file', async (t) => {
  const missing = tailFile('/nowhere/log', {
    from: 0,
    most: 1,
    every: 1,
    until: Promise.resolve(),
  });
  const error = await new Promise<NodeJS.ErrnoException>((error) => missing.subscribe({ error }));
  t.is(error.code, 'ENOENT');
});
