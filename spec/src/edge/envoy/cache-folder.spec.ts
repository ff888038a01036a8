import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'ava';

import { cacheFolder } from '../../../../src/edge/envoy/cache-folder.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

test('the environment decides', (t) => {
  t.is(cacheFolder({ env: { HEADGATE_CACHE_DIR: '/some/where' } }), '/some/where');
});

test('a checkout keeps its own', async (t) => {
  const checkout = resolve(import.meta.dirname, '../../../..');
  t.is(cacheFolder({ env: {} }), join(checkout, '.cache'));
});

test('an installed package uses that of the user', async (t) => {
  const packageRoot = await tempDir(t);
  mkdirSync(join(packageRoot, 'dist'));
  writeFileSync(join(packageRoot, 'package.json'), '{}');

  t.is(cacheFolder({ env: { XDG_CACHE_HOME: '/xdg' }, packageRoot }), '/xdg/headgate');
  t.is(cacheFolder({ env: {}, packageRoot }), join(homedir(), '.cache', 'headgate'));
});
