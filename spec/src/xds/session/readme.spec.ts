import { readdirSync, readFileSync } from 'node:fs';

import test from 'ava';

import { sourcesIn } from '../../../_support/repository/sources.ts';

const folder = 'src/xds/session';
const readme = readFileSync(`${folder}/README.md`, 'utf8');

test('the README says of every file of the folder when to read it', (t) => {
  const [, reading = ''] = /\n## Where to start reading\n([\s\S]*)/.exec(readme) ?? [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  t.deepEqual(
    files.filter((name) => !reading.includes(`(${name})`)),
    [],
  );
});

test('the rules of the protocol in the README are cited where they are obeyed', (t) => {
  const [, rules = ''] = /\n## Rules of the xDS protocol\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const rows = [...rules.matchAll(/^\| "([^"]+)" .*$/gm)];
  const comments = new Map(
    sourcesIn(folder).map(({ path, text }) => [path, text.replaceAll(/\s+(?:\*|\/\/)?\s*/g, ' ')]),
  );
  const uncited = rows.flatMap(([row, section = '']) =>
    [...row.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, file]) => `${folder}/${file}`)
      .filter((path) => comments.get(path)?.includes(`"${section}`) !== true)
      .map((path) => `${path}: ${section}`),
  );

  t.is(rows.length, 7);
  t.deepEqual(uncited, []);
});
