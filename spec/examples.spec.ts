import { readdirSync, readFileSync } from 'node:fs';

import test from 'ava';

import { headgate } from './_support/process/headgate.ts';

const examples = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

for (const example of examples)
  test(`examples/${example} has no problem`, async (t) => {
    const { code, stdout, stderr } = await headgate(['check', `examples/${example}`]);

    t.is(code, 0);
    t.is(stdout, '');
    t.regex(stderr, /^checked \d+ objects in \d+ files?: no problems$/m);
  });

test('the page of examples lists each of them', (t) => {
  const listed = [...readFileSync('examples/README.md', 'utf8').matchAll(/^\| `([\w-]+)` +\|/gm)];

  t.deepEqual(listed.map(([, name]) => name).toSorted(), examples);
});
