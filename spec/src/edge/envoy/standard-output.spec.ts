import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { tempDir } from '../../../_support/process/temp-dir.ts';

const module = new URL('../../../../src/edge/envoy/standard-output.ts', import.meta.url).href;

/** Whether a process with this standard output has Envoy use a file instead. */
const usesFile = async (
  t: ExecutionContext,
  output: (folder: string) => 'pipe' | number,
): Promise<boolean> => {
  const folder = await tempDir(t);
  const file = join(folder, 'file');
  const program = `import { standardOutput } from '${module}'; standardOutput('${file}');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', output(folder), 'inherit'],
  });
  const [code] = await once(child, 'exit');
  t.is(code, 0);
  return existsSync(file);
};

test('Envoy is given our standard output', async (t) => {
  t.false(await usesFile(t, (folder) => openSync(join(folder, 'output'), 'a')));
});

test('Envoy is given a file where our standard output is a socket', async (t) => {
  t.true(await usesFile(t, () => 'pipe'));
});
