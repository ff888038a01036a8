import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

/** A fresh folder that is removed after the test. */
export const tempDir = async (t: ExecutionContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'headgate-'));
  t.teardown(() => rm(path, { recursive: true, force: true }));
  return path;
};
