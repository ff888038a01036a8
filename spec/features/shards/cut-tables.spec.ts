import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import test from 'ava';

/**
 * What users were promised does not depend on how many hosts there are: these stories are told once more
 * with so many others that the table they look at is cut.
 */
const stories = [
  'canary',
  'cors',
  'header-changes',
  'hosts/host-names',
  'matching',
  'protocols',
  'redirects',
  'rewrite',
  'shadow',
  'trust/security-model',
];

const root = fileURLToPath(new URL('../../..', import.meta.url));
const ava = fileURLToPath(new URL('../../../node_modules/ava/entrypoints/cli.js', import.meta.url));

test('the stories hold where tables are cut', async (t) => {
  t.timeout(600_000);
  const files = stories.map((story) => `spec/features/${story}.spec.ts`);
  const run = spawn(process.execPath, [ava, '--tap', '--concurrency', '2', ...files], {
    cwd: root,
    env: { ...process.env, HEADGATE_CROWD: '300' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => run.kill('SIGTERM'));
  const [said] = await Promise.all([text(run.stdout), text(run.stderr)]);
  const failed = said.split('\n').filter((line) => line.startsWith('not ok'));
  t.deepEqual(failed, []);
  const told = said.split('\n').filter((line) => line.startsWith('ok '));
  for (const story of stories)
    t.true(
      told.some((line) => line.includes(`${basename(story)} › `)),
      story,
    );
  t.log(`${told.length} stories`);
});
