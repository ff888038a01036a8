import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import test from 'ava';

import { circles } from './_support/repository/circles.ts';
import { layerOf, layers, layersBelow, needless, strangers } from './_support/repository/layers.ts';
import { offenders, rules } from './_support/repository/rules.ts';
import { sourcesIn, type Source } from './_support/repository/sources.ts';
import { unusedExports } from './_support/repository/unused-exports.ts';

const sources = sourcesIn('src', 'streams', 'spec');
const dependencies = Object.keys(
  JSON.parse(readFileSync('package.json', 'utf8')).dependencies as Record<string, string>,
);

for (const [layer, allowed] of Object.entries(layers))
  test(`${layer} imports ${allowed.join(', ') || 'nothing'}`, (t) => {
    t.deepEqual(strangers(layer, sources, dependencies), []);
  });

test('a layer sees only the layers above it', (t) => {
  for (const layer of Object.keys(layers)) t.deepEqual(layersBelow(layer), [], layer);
});

test('a layer may import no more than it does', (t) => {
  for (const layer of Object.keys(layers)) t.deepEqual(needless(layer, sources), [], layer);
});

test('every source file is in a layer', (t) => {
  t.deepEqual(
    sources
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('spec/') && layerOf(path) === undefined),
    [],
  );
});

test('a folder shows at most 30 entries', (t) => {
  const entries = new Set(sources.flatMap(({ path }) => pathsTo(path)));
  const folders = Map.groupBy(entries, (path) => dirname(path));
  t.deepEqual(
    [...folders].filter(([, inside]) => inside.length > 30).map(([folder]) => folder),
    [],
  );
});

/** A file with the folders around it. */
const pathsTo = (path: string): readonly string[] =>
  path === '.' ? [] : [path, ...pathsTo(dirname(path))];

test('no file imports itself through others', (t) => {
  t.deepEqual(circles(sources), []);
});

for (const rule of rules) {
  test(rule.title, (t) => {
    t.deepEqual(offenders(rule, sources), []);
  });
  test(`${rule.title} (and a file that breaks it is found)`, (t) => {
    t.is(offenders(rule, [rule.example]).length, 1);
  });
}

test('every stage has a spec', (t) => {
  t.deepEqual(
    sources
      .map(({ path }) => path)
      .filter((path) => path.startsWith('streams/'))
      .filter((path) => !existsSync(`spec/${path.replace(/\.ts$/, '.spec.ts')}`)),
    [],
  );
});

test('what is exported is used by another file', (t) => {
  const users = [...sources, ...sourcesIn('build', 'bin', 'proto', 'examples')];
  const exporting = sources.filter(({ path }) => !path.startsWith('spec/'));
  t.deepEqual(unusedExports(exporting, users), []);
});

/** A file with one import, the way a slip of the hand would add it. */
const slip = (path: string, line: string): Source => ({ path, text: `${line}\n` });

const isStranger = test.macro({
  exec(t, file: string, line: string, expected: boolean) {
    const layer = layerOf(file) ?? '';
    const found = strangers(layer, [slip(file, line)], dependencies);
    t.is(found.length, expected ? 1 : 0, found.join());
  },
  title: (name = '') => `an import graph check finds: ${name}`,
});

test('a package', isStranger, 'src/xds/a.ts', "import { of } from 'rxjs';", true);
test('a type', isStranger, 'src/xds/a.ts', "import type { Host } from '../kube/host.ts';", true);
test('a late import', isStranger, 'src/ir/a.ts', "await import('node:fs');", true);
test('an import without a name', isStranger, 'src/ir/a.ts', "import '../kube/host.ts';", true);
test('something passed on', isStranger, 'src/ir/a.ts', "export { a } from '../xds/a.ts';", true);
test('a part of Node', isStranger, 'src/xds/a.ts', "import fs from 'node:fs/promises';", true);
test('what is not declared', isStranger, 'src/edge/a.ts', "import x from 'left-pad';", true);
test(
  'a neighbour that the row does not name',
  isStranger,
  'src/xds/session/a.ts',
  "import { a } from '../listener/b.ts';",
  true,
);
test(
  'nothing in a neighbour that the row names',
  isStranger,
  'src/xds/session/a.ts',
  "import { a } from '../shard/b.ts';",
  false,
);
test('the layer below', isStranger, 'src/edge/a.ts', "import { a } from '../cli/a.ts';", true);
test('nothing in a comment', isStranger, 'src/ir/a.ts', "// import { of } from 'rxjs';", false);
test('nothing in the own layer', isStranger, 'src/ir/a.ts', "import { a } from './b.ts';", false);
test('nothing allowed', isStranger, 'src/kube/a.ts', "import { a } from 'fp-ts/lib/Eq.js';", false);

const hasCircles = test.macro({
  exec(t, files: readonly (readonly [string, string])[], expected: readonly string[]) {
    t.deepEqual(circles(files.map(([path, line]) => slip(path, line))), expected);
  },
  title: (name = '') => `a search for circles finds: ${name}`,
});

test(
  'two files that import each other, one of them a type',
  hasCircles,
  [
    ['src/ir/a.ts', "import { b } from './b.ts';"],
    ['src/ir/b.ts', "import type { A } from './a.ts';"],
  ],
  ['src/ir/a.ts → src/ir/b.ts → src/ir/a.ts'],
);
test(
  'a circle through folders, once, without the file that leads into it',
  hasCircles,
  [
    ['src/cli/a.ts', "import { d } from '../edge/d.ts';"],
    ['src/edge/d.ts', "import { c } from '../../streams/c.ts';"],
    ['streams/c.ts', "await import('../src/ir/b.ts');"],
    ['src/ir/b.ts', "export { d } from '../edge/d.ts';"],
  ],
  ['src/edge/d.ts → streams/c.ts → src/ir/b.ts → src/edge/d.ts'],
);
test(
  'two circles through one file',
  hasCircles,
  [
    ['src/ir/a.ts', "import './b.ts'; import './c.ts';"],
    ['src/ir/b.ts', "import './a.ts';"],
    ['src/ir/c.ts', "import './a.ts';"],
  ],
  ['src/ir/a.ts → src/ir/b.ts → src/ir/a.ts', 'src/ir/a.ts → src/ir/c.ts → src/ir/a.ts'],
);
test(
  'a file that imports itself',
  hasCircles,
  [['src/ir/a.ts', "import { a } from './a.ts';"]],
  ['src/ir/a.ts → src/ir/a.ts'],
);
test(
  'nothing where two ways lead to one file',
  hasCircles,
  [
    ['src/ir/a.ts', "import './b.ts'; import './c.ts';"],
    ['src/ir/b.ts', "import './d.ts';"],
    ['src/ir/c.ts', "import './d.ts';"],
    ['src/ir/d.ts', "import { x } from '../collection/x.ts';"],
  ],
  [],
);

const exporting = slip(
  'src/ir/a.ts',
  'export const a = 1;\nexport interface B {}\nexport function* c() {}',
);

const areUnused = test.macro({
  exec(t, file: string, text: string, expected: readonly string[]) {
    const found = unusedExports([exporting], [exporting, slip(file, text)]);
    t.deepEqual(
      found,
      expected.map((name) => `src/ir/a.ts: ${name}`),
    );
  },
  title: (name = '') => `a search for unused exports ${name}`,
});

test('finds what no other file takes', areUnused, 'src/ir/b.ts', 'a; B; c;', ['a', 'B', 'c']);
test(
  'sees an import',
  areUnused,
  'spec/src/ir/a.spec.ts',
  "import { a, c } from '../../../src/ir/a.ts';",
  ['B'],
);
test(
  'sees types',
  areUnused,
  'streams/b.ts',
  "import { c, type B } from '../src/ir/a.ts';\nimport type { a as d } from '../src/ir/a.ts';",
  [],
);
test(
  'sees an import over many lines, with a comment in it',
  areUnused,
  'src/ir/b.ts',
  "import {\n  a as one,\n  // c,\n  type B,\n} from './a.ts';",
  ['c'],
);
test(
  'sees a late import',
  areUnused,
  'build/b.ts',
  "const { a, c: d } = await import('../src/ir/a.ts');",
  ['B'],
);
test(
  'sees a late import of what another file names',
  areUnused,
  'bin/b.js',
  "const at = new URL('../src/ir/a.ts', import.meta.url);\nconst { c } = await import(at.href);",
  ['a', 'B'],
);
test(
  'sees the members of a whole file',
  areUnused,
  'src/ir/b.ts',
  "import * as all from './a.ts';\nall.a;\nconst late = await import('./a.ts');\nlate.c();",
  ['B'],
);
test(
  'sees what is taken right from a late import, types too',
  areUnused,
  'src/ir/b.ts',
  "let one: import('./a.ts').B;\n(await import('./a.ts')).c();",
  ['a'],
);
test(
  'is not misled by the same names of another file',
  areUnused,
  'src/xds/b.ts',
  "import { a } from './a.ts';\nimport { B } from 'a';\n// import { c } from '../ir/a.ts';",
  ['a', 'B', 'c'],
);
