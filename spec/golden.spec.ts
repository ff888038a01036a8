import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import test from 'ava';

import { goldenFiles } from './_support/repository/golden.ts';

/** `UPDATE_GOLDEN=1` writes what comes out; whoever does that reads every line of the difference. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

const cases = readdirSync('spec/golden', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const update = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const name of readdirSync(folder))
    if (name !== 'manifests.yaml') rmSync(`${folder}/${name}`, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
};

for (const name of cases)
  test(name.replaceAll('-', ' '), (t) => {
    const folder = `spec/golden/${name}`;
    const files = goldenFiles(folder);
    if (isUpdate) update(folder, files);
    t.deepEqual(readdirSync(folder).sort(), ['manifests.yaml', ...Object.keys(files)].sort());
    for (const [file, text] of Object.entries(files))
      t.is(text, readFileSync(`${folder}/${file}`, 'utf8'), file);
  });

test('there are golden cases', (t) => {
  t.true(cases.length >= 20);
});
