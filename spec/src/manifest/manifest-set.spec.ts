import test from 'ava';

import { kinds } from '../../../src/kube/kind.ts';
import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import type { LastGood } from '../../../src/kube/last-good.ts';
import { locateProblem } from '../../../src/manifest/locate-problem.ts';
import {
  events,
  formerSet,
  ignored,
  locate,
  nextSet,
  type ManifestSet,
} from '../../../src/manifest/manifest-set.ts';
import { readManifest } from '../../../src/manifest/manifest.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';

const host = (name: string, hostname = '*'): string =>
  `---\napiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: { name: ${name} }\n` +
  `spec: { hostname: '${hostname}' }\n`;

const setOf = (files: Readonly<Record<string, string>>, previous?: ManifestSet): ManifestSet =>
  nextSet(
    previous,
    Object.entries(files).map(([file, text]) => readManifest(file, text)),
  );

const lines = (all: readonly KubeEvent[]): readonly string[] =>
  all.map((event) => {
    switch (event._tag) {
      case 'Listed':
        return `Listed ${event.kind} ${event.items
          .map(({ key }) => key)
          .sort()
          .join()}`.trim();
      case 'Applied':
        return [
          `Applied ${event.item.former === true ? 'former ' : ''}${event.kind} ${event.item.key}`,
          ...event.item.problems.map(showProblem),
        ].join('\n');
      case 'Deleted':
        return `Deleted ${event.kind} ${event.key}`;
      case 'Reported':
        return [`Reported ${event.origin}`, ...event.problems.map(showProblem)].join('\n');
    }
  });

test('at first, lists every kind', (t) => {
  t.deepEqual(
    lines(events(undefined, setOf({ 'b.yaml': host('b'), 'a.yaml': host('a') }))),
    kinds.map((kind) => (kind === 'Host' ? 'Listed Host default/a,default/b' : `Listed ${kind}`)),
  );
});

const happens = test.macro({
  exec: (
    t,
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
    expected: readonly string[],
  ) => {
    const previous = setOf(before);
    t.deepEqual([...lines(events(previous, setOf(after, previous)))].sort(), expected);
  },
  title: (name = '') => name,
});

test('nothing happens when nothing changed', happens, { a: host('a') }, { a: host('a') }, []);
test(
  'nothing happens when an object only moves within its file or to another one',
  happens,
  { a: host('a') + host('b'), c: host('c') },
  { a: `# moved\n${host('b')}${host('a')}`, d: host('c') },
  [],
);
test(
  'an edited object is applied, a new one too, and one that is gone deleted',
  happens,
  { a: host('a') + host('b'), b: host('gone') },
  { a: host('a') + host('b', 'b.example'), c: host('new') },
  ['Applied Host default/b', 'Applied Host default/new', 'Deleted Host default/gone'],
);
test(
  'a file that cannot be read any more keeps its objects, and says why',
  happens,
  { a: host('a'), b: host('b') },
  { a: 'a: "b\n', b: host('b', 'b.example') },
  [
    'Applied Host default/b',
    'Applied former Host default/a',
    'Reported file a\na:2:1: Missing closing "quote',
  ],
);
test(
  'a file that can be read again takes its problem back',
  happens,
  { a: 'a: "b\n' },
  { a: host('a') },
  ['Applied Host default/a', 'Reported file a'],
);
test(
  'a file that is gone takes its problem and its objects with it',
  happens,
  { a: 'a: "b\n', b: host('b') },
  {},
  ['Deleted Host default/b', 'Reported file a'],
);
test('what is no object is reported for its file', happens, {}, { a: 'replicas: 1\n' }, [
  'Reported file a\nObject default/?: kind: expected the kind of a Kubernetes object, got nothing',
]);
test(
  'of two definitions the first counts, by the names of the files',
  happens,
  { b: host('x', 'b.example') },
  { b: host('x', 'b.example'), a: host('x', 'a.example') },
  ['Applied Host default/x\nHost default/x: is defined already in a:2, which counts'],
);
test(
  'a definition counts once the one before it is gone',
  happens,
  { a: host('x', 'a.example'), b: host('x', 'b.example') },
  { b: host('x', 'b.example') },
  ['Applied Host default/x'],
);

test('the definition that counts is the one that is applied', (t) => {
  const before = setOf({ b: host('x', 'b.example') });
  const [event] = events(
    before,
    setOf({ b: host('x', 'b.example'), a: host('x', 'a.example') }, before),
  );

  t.like(event, { item: { object: { spec: { hostname: 'a.example' } } } });
});

test('a file that became unreadable keeps its last good objects through other changes', (t) => {
  const good = setOf({ a: host('a'), b: host('b') });
  const bad = nextSet(good, [{ file: 'a', unreadable: 'permission denied' }]);
  const worse = nextSet(bad, [{ file: 'a', unreadable: 'gone' }, readManifest('c', host('c'))]);

  t.deepEqual(lines(events(good, bad)), [
    'Reported file a\na: permission denied',
    'Deleted Host default/b',
    'Applied former Host default/a',
  ]);
  t.deepEqual(lines(events(bad, worse)), ['Reported file a\na: gone', 'Applied Host default/c']);
  t.deepEqual(locate(worse, 'Host default/a', 'spec.hostname'), { file: 'a', line: 5, column: 9 });
});

test('a file that cannot be read has what an earlier run knew of it; no other file has', (t) => {
  const content = { metadata: { name: 'a', namespace: 'default', labels: {} }, spec: {} };
  const known = (name: string, file?: string): LastGood => ({
    ...{ kind: 'Host', key: `default/${name}`, content, because: 'Invalid' },
    ...(file !== undefined && { file }),
  });
  const earlier = formerSet([known('a', 'a'), known('b', 'b'), known('c', 'c'), known('d')]);
  const first = nextSet(earlier, [
    { file: 'a', unreadable: 'permission denied' },
    readManifest('b', host('other')),
  ]);
  const readable = nextSet(first, [readManifest('a', host('a')), readManifest('b', host('other'))]);

  const items = events(undefined, first).flatMap((one) => ('items' in one ? one.items : []));
  t.deepEqual(items.map(({ key, former }) => [key, former]).sort(), [
    ['default/a', true],
    ['default/other', undefined],
  ]);
  t.is(items.find(({ former }) => former)?.object, content);
  t.deepEqual(locate(first, 'Host default/a', 'spec'), { file: 'a', line: 1, column: 1 });
  t.deepEqual(lines(events(first, readable)), ['Reported file a', 'Applied Host default/a']);
});

test('a file that is the same value is not looked at again', (t) => {
  const file = readManifest('a', host('a'));
  const first = nextSet(undefined, [file]);

  t.is(nextSet(first, [file]).files, first.files);
  t.is(nextSet(first, [file]).claims, first.claims);
});

test('finds objects, duplicates, misplaced things and unreadable files', (t) => {
  const set = setOf({ a: host('x'), b: `# b\n${host('x')}`, c: '# c\nreplicas: 1\n', d: '"' });
  const problems = events(undefined, set).flatMap((event) => {
    if (event._tag === 'Listed') return event.items.flatMap((item) => item.problems);
    return event._tag === 'Reported' ? event.problems : [];
  });
  const places = problems.map((one) => ({ tag: one._tag, ...locateProblem(set, one) }));

  t.deepEqual(
    [...places].sort((one, two) => (one.tag < two.tag ? -1 : 1)),
    [
      { tag: 'DuplicateObject', file: 'b', line: 3, column: 1 },
      { tag: 'InvalidField', file: 'c', line: 2, column: 1 },
      { tag: 'UnreadableFile', file: 'd', line: 1, column: 2 },
    ],
  );
  t.deepEqual(locate(set, 'Host default/x', 'metadata.name'), { file: 'a', line: 4, column: 13 });
  t.is(locate(set, 'Host default/y', ''), undefined);
});

test('counts the objects that are none of ours', (t) => {
  const deployment = '---\napiVersion: apps/v1\nkind: Deployment\n';

  t.deepEqual(
    [
      ...ignored(
        setOf({ a: deployment + host('a'), b: deployment + '---\napiVersion: v1\nkind: Pod\n' }),
      ),
    ],
    [
      ['Deployment of apps/v1', 2],
      ['Pod of v1', 1],
    ],
  );
});

test('an object that is too large is as one that is not valid: its last good version stays', (t) => {
  const mapping = (text: string): string =>
    `apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: m}\nspec: {prefix: /, service: web, hostname: "*", host_rewrite: ${text}}\n`;
  const before = nextSet(undefined, [readManifest('a', mapping('short.example'))], 1000);
  const after = nextSet(before, [readManifest('a', mapping('x'.repeat(1000)))], 1000);
  const [event] = events(before, after);

  t.like(event, { _tag: 'Applied', item: { object: undefined } });
  t.deepEqual(event?._tag === 'Applied' && event.item.problems.map(showProblem), [
    'Mapping default/m: expected an object of at most 1000 bytes, got one of 1101',
  ]);
  const large = `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80, name: ${'x'.repeat(2000)}}]}\n`;
  t.false(
    JSON.stringify(events(after, nextSet(after, [readManifest('a', large)], 1000))).includes(
      'at most',
    ),
  );
});
