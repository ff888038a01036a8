import test from 'ava';

import { readManifest } from '../../../src/manifest/manifest.ts';

const problemOf = (text: string): unknown => readManifest('a.yaml', text).problems[0];

test('reads every document, and the items of a List', (t) => {
  const text = `
# nothing but a comment
---
kind: A
---
apiVersion: v1
kind: List
items:
  - kind: B
  - kind: List
    items: [{ kind: C }]
---
`;
  const { objects, problems } = readManifest('a.yaml', text);

  t.deepEqual(
    objects.map(({ raw }) => raw),
    [{ kind: 'A' }, { kind: 'B' }, { kind: 'C' }],
  );
  t.deepEqual(
    objects.map(({ position }) => position('')),
    [
      { line: 4, column: 1 },
      { line: 9, column: 5 },
      { line: 11, column: 13 },
    ],
  );
  t.deepEqual(problems, []);
});

test('reads JSON, also with tabs and escapes', (t) => {
  const text = '{\n\t"kind": "A",\n\t"text": "\\ud83d\\ude00 \\u00e9"\n}\n';

  t.deepEqual(
    readManifest('a.json', text).objects.map(({ raw }) => raw),
    [{ kind: 'A', text: '😀 é' }],
  );
});

test('an empty file and one with comments alone hold nothing', (t) => {
  for (const text of ['', '\n', '# a\n---\n# b\n'])
    t.deepEqual(readManifest('a', text), { file: 'a', objects: [], problems: [] });
});

const manifest = `kind: Mapping
metadata: &meta
  name: a
spec:
  headers:
    x.y: "1"
    x: { z: 2 }
  rules:
  - port: 80
  - host: a
    port: 81
  again: *meta
data:
  tls.crt: abc
`;

const isAt = test.macro({
  exec: (t, field: string, line: number, column: number) => {
    const [object] = readManifest('a.yaml', manifest).objects;
    t.deepEqual(object?.position(field), { line, column });
  },
  title: (_name, field: string, line: number) => `finds ${field} on line ${line}`,
});

test(isAt, 'kind', 1, 1);
test(isAt, 'metadata.name', 3, 3);
test(isAt, 'spec.rules[0].port', 9, 5);
test(isAt, 'spec.rules[1].port', 11, 5);
test(isAt, 'spec.headers[x.y]', 6, 5);
test(isAt, 'spec.headers.x.y', 6, 5);
test(isAt, 'spec.headers.x.z', 7, 10);
test(isAt, 'data.tls.crt', 14, 3);
test(isAt, 'spec.again.name', 3, 3);

test('a field that is not there is where its nearest parent is', (t) => {
  const [object] = readManifest('a.yaml', manifest).objects;

  t.deepEqual(object?.position('spec.rules[1].path'), { line: 10, column: 5 });
  t.deepEqual(object?.position('spec.rule'), { line: 4, column: 1 });
  t.deepEqual(object?.position('status.state'), { line: 1, column: 1 });
});

const isUnreadable = test.macro({
  exec: (t, text: string, problem: object) => {
    t.deepEqual(problemOf(text), { _tag: 'UnreadableFile', file: 'a.yaml', ...problem });
    t.deepEqual(readManifest('a.yaml', `kind: A\n---\n${text}`).objects, []);
  },
  title: (name = '') => `cannot read ${name}`,
});

test('text that is no YAML', isUnreadable, 'a: b\n c: d\n', {
  reason: 'Nested mappings are not allowed in compact mappings',
  line: 1,
  column: 4,
});
test('a quotation without end', isUnreadable, 'a: "b\n', {
  reason: 'Missing closing "quote',
  line: 2,
  column: 1,
});
test('a key that is there twice', isUnreadable, 'spec:\n  a: 1\n  b: 2\n  a: 3\n', {
  reason: 'the key a is there twice',
  line: 4,
  column: 3,
});
test('a tag of somebody else', isUnreadable, 'a: !Ref b\n', {
  reason: 'Unresolved tag: !Ref',
  line: 1,
  column: 4,
});
test('an alias for what contains it', isUnreadable, 'a: &x\n  b: *x\n', {
  reason: '*x stands for what contains it',
  line: 2,
  column: 6,
});
test('more than 64 levels', isUnreadable, `a: ${'['.repeat(64)}${']'.repeat(64)}\n`, {
  reason: 'is nested deeper than 64 levels',
  line: 1,
  column: 67,
});
test('an alias for nothing', isUnreadable, 'a: &x 1\nb: [*x, *y]\n', {
  line: 2,
  column: 9,
  reason: '*y stands for nothing: no &y is before it',
});
test('an alias before what it stands for', isUnreadable, 'a: *x\nb: &x 1\n', {
  line: 1,
  column: 4,
  reason: '*x stands for nothing: no &x is before it',
});
test('a template', isUnreadable, 'name: {{ .Release.Name }}\n', {
  line: 1,
  column: 8,
  reason:
    'a key must be a plain value; this is a template: check what it renders, as in helm template CHART | headgate check -',
});
test('a billion laughs', isUnreadable, laughs(), { reason: 'has more than 100 aliases' });
test('a file of more than 4 MiB', isUnreadable, `a\n---\n`.repeat(699_051), {
  reason: 'is larger than 4194304 bytes',
});
test(
  'a document of more than 1 MiB',
  isUnreadable,
  `a: b\n...\n--- # large\nc: ${'x'.repeat(1_048_576)}\n---\nd: e\n`,
  { reason: 'holds a document of more than 1048576 characters', line: 3, column: 1 },
);

test('so many levels that the parser gives up cost the file, not the process', (t) => {
  t.like(problemOf('['.repeat(20_000)), { _tag: 'UnreadableFile', reason: 'is nested too deep' });
});

test('a merge key is a key like any other, and __proto__ sets nothing', (t) => {
  const [object] = readManifest('a.yaml', '__proto__: { a: 1 }\nb: { <<: { c: 1 } }\n').objects;

  t.is(JSON.stringify(object?.raw), '{"__proto__":{"a":1},"b":{"<<":{"c":1}}}');
  t.is(Object.getPrototypeOf(object?.raw), Object.prototype);
});

test('a file may hold very many objects', (t) => {
  const mapping = (name: number): string =>
    `---\nkind: Mapping\nmetadata: { name: m${name} }\nspec: { prefix: /, service: ${'s'.repeat(60)} }\n`;
  const text = Array.from({ length: 10_000 }, (_, name) => mapping(name)).join('');
  const { objects, problems } = readManifest('a.yaml', text);

  t.true(text.length > 1_048_576);
  t.deepEqual(problems, []);
  t.is(objects.length, 10_000);
  t.deepEqual(objects.at(-1)?.position('spec.prefix'), { line: 40_000, column: 9 });
});

test('what only looks like the end of a document makes none smaller', (t) => {
  const text = `a:\n  ---\n  b${' ---\u2028--- c'.repeat(150_000)}\n`;

  t.like(problemOf(text), { reason: 'holds a document of more than 1048576 characters', line: 1 });
});

test('finds a key that is there twice among very many', (t) => {
  const text = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1\n`).join('');

  t.like(problemOf(`${text}k0: 2\n`), { reason: 'the key k0 is there twice', line: 50_001 });
});

function laughs(): string {
  const nine = (name: string): string => Array.from({ length: 9 }, () => `*${name}`).join();
  return `a: &a [x]\nb: &b [${nine('a')}]\nc: &c [${nine('b')}]\nd: [${nine('c')}]\n`;
}
