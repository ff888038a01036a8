import { existsSync, readFileSync } from 'node:fs';

import test from 'ava';

import { layerOf, layers, strangers } from './_support/layers.ts';
import { offenders, rules } from './_support/rules.ts';
import { sourcesIn, type Source } from './_support/sources.ts';

const sources = sourcesIn('src', 'streams', 'spec');
const dependencies = Object.keys(
  JSON.parse(readFileSync('package.json', 'utf8')).dependencies as Record<string, string>,
);

for (const [layer, allowed] of Object.entries(layers))
  test(`${layer} imports ${allowed.join(', ') || 'nothing'}`, (t) => {
    t.deepEqual(strangers(layer, allowed, sources, dependencies), []);
  });

test('a layer sees only the layers above it', (t) => {
  const names = Object.keys(layers);
  for (const [i, allowed] of Object.values(layers).entries())
    t.deepEqual(
      allowed.filter((one) => names.indexOf(one) >= i),
      [],
    );
});

test('every source file is in a layer', (t) => {
  t.deepEqual(
    sources
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('spec/') && layerOf(path) === undefined),
    [],
  );
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

/** A file with one import, the way a slip of the hand would add it. */
const slip = (path: string, line: string): Source => ({ path, text: `${line}\n` });

const isStranger = test.macro({
  exec(t, file: string, line: string, expected: boolean) {
    const layer = layerOf(file) ?? '';
    const found = strangers(layer, layers[layer] ?? [], [slip(file, line)], dependencies);
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
test('the layer below', isStranger, 'src/edge/a.ts', "import { a } from '../cli/a.ts';", true);
test('nothing in a comment', isStranger, 'src/ir/a.ts', "// import { of } from 'rxjs';", false);
test('nothing in the own layer', isStranger, 'src/ir/a.ts', "import { a } from './b.ts';", false);
test('nothing allowed', isStranger, 'src/xds/a.ts', "import { a } from 'fp-ts/lib/Eq.js';", false);
