import test from 'ava';
import { pino } from 'pino';

import { from } from '../../../../src/collection/collection.ts';
import { logProblems } from '../../../../src/cli/serve/log-problems.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import type { Problem } from '../../../../src/problem/problem.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';

/** A problem of each of so many Mappings of a namespace. */
const some = (
  namespace: string,
  count: number,
): readonly (readonly [string, readonly Problem[]])[] =>
  Array.from({ length: count }, (_, i) => {
    const object: ObjectRef = `Mapping ${namespace}/m${String(i).padStart(4, '0')}`;
    return [object, [{ _tag: 'UnknownField', object, field: 'spec.x' }]];
  });

type Problems = ReturnType<typeof some>;

/** What is logged when these problems become those: level and text. */
const logged = (before: Problems | undefined, after: Problems): readonly string[] =>
  entriesLogged(before, after).map(
    ({ level, msg }) => `${level === 40 ? 'warn' : 'info'} ${String(msg)}`,
  );

/** The same, with all fields but the time. */
const entriesLogged = (
  before: Problems | undefined,
  after: Problems,
): readonly Readonly<Record<string, unknown>>[] => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  const former = before === undefined ? undefined : from(before);
  logProblems(log, () => undefined, former, from(after));
  return lines;
};

test('thousands of problems of one namespace are a few lines, and hide those of no other', (t) => {
  const lines = logged(undefined, [...some('big', 8000), ...some('small', 2)]);

  t.is(lines.filter((line) => line.includes('Mapping big/')).length, 20);
  t.true(
    lines.includes(
      'warn namespace big: 7980 more problems; headgate debug problems shows all there are',
    ),
  );
  t.deepEqual(lines.filter((line) => line.includes('small')).sort(), [
    'warn Mapping small/m0000: spec.x: no such field; it has no effect',
    'warn Mapping small/m0001: spec.x: no such field; it has no effect',
  ]);
  t.is(lines.length, 23);
});

test('so are thousands that are solved, and what stays is not said again', (t) => {
  const lines = logged([...some('big', 8000), ...some('small', 2)], some('small', 1));

  t.is(lines.filter((line) => line.startsWith('info solved: Mapping big/')).length, 20);
  t.deepEqual(lines.filter((line) => !line.includes('Mapping big/')).sort(), [
    'info namespace big: 7980 more problems are solved; headgate debug problems shows all there are',
    'info solved: Mapping small/m0001: spec.x: no such field; it has no effect',
  ]);
});

test('a note that is gone was no problem to be solved', (t) => {
  const object: ObjectRef = 'Mapping shop/a';
  const noted: Problems = [[object, [{ _tag: 'Note', object, field: '', note: 'why' }]]];
  t.deepEqual(logged(noted, []), ['info no longer: Mapping shop/a: why']);
});

test('twenty are told one by one', (t) => {
  t.is(logged(undefined, some('shop', 20)).length, 20);
});

test('one namespace fills at most 63 lines: problems, notes, and what is solved', (t) => {
  const notes = some('shop', 100).map(([ref]): Problems[number] => {
    const object: ObjectRef = `${ref as ObjectRef}-noted`;
    return [object, [{ _tag: 'Note', object, field: '', note: 'why' }]];
  });
  const before = some('shop', 100).map(([ref, problems]) => [`${ref}-before`, problems] as const);

  t.is(logged(before, [...some('shop', 100), ...notes]).length, 63);
});

test('problems of files are of no namespace, and bounded too', (t) => {
  const files = Array.from({ length: 30 }, (_, i): Problems[number] => [
    `file ${i}`,
    [{ _tag: 'UnreadableFile', file: `${i}.yaml`, reason: 'why' }],
  ]);
  t.true(
    logged(undefined, files).includes(
      'warn 10 more problems; headgate debug problems shows all there are',
    ),
  );
});

test('objects that are in no namespace are counted without one', (t) => {
  const classes = Array.from({ length: 21 }, (_, i): Problems[number] => {
    const object: ObjectRef = `GatewayClass /c${i}`;
    return [object, [{ _tag: 'UnknownField', object, field: 'spec.x' }]];
  });
  const lines = logged(undefined, classes);

  t.is(lines.filter((line) => /^warn GatewayClass c\d+: spec\.x: /.test(line)).length, 20);
  t.is(lines.at(-1), 'warn 1 more problems; headgate debug problems shows all there are');
});

test('a line says what it is about in fields, too', (t) => {
  const object: ObjectRef = 'Mapping shop/a';
  const unknown: Problem = { _tag: 'UnknownField', object, field: 'spec.x' };
  const msg = 'Mapping shop/a: spec.x: no such field; it has no effect';
  const fields = {
    ...{ severity: 'unused', problem: 'UnknownField' },
    ...{ kind: 'Mapping', namespace: 'shop', name: 'a', field: 'spec.x' },
  };

  t.deepEqual(entriesLogged(undefined, [[object, [unknown]]]), [{ level: 40, ...fields, msg }]);
  t.deepEqual(entriesLogged([[object, [unknown]]], []), [
    { level: 30, ...fields, msg: `solved: ${msg}` },
  ]);
});

test('fields that there are not are absent', (t) => {
  const file: Problem = { _tag: 'UnreadableFile', file: 'a.yaml', line: 3, reason: 'why' };
  const kind: Problem = { _tag: 'UnreadableKind', kind: 'hosts.getambassador.io', reason: 'why' };
  const object: ObjectRef = 'GatewayClass /ours';
  const note: Problem = { _tag: 'Note', object, field: '', note: 'why' };

  t.deepEqual(
    entriesLogged(undefined, [
      ['a.yaml', [file]],
      [kind.kind, [kind]],
      [object, [note]],
    ]).map(({ msg: _, level: __, ...fields }) => fields),
    [
      { severity: 'breaks', problem: 'UnreadableKind', kind: 'hosts.getambassador.io' },
      { severity: 'breaks', problem: 'UnreadableFile' },
      { severity: 'note', problem: 'Note', kind: 'GatewayClass', name: 'ours' },
    ],
  );
});

test('where not all are told, the worst are', (t) => {
  const object: ObjectRef = 'Mapping shop/z';
  const worse: Problem = { _tag: 'GuardUnusable', object, field: '', effect: 'Unguarded' };
  const lines = logged(undefined, [...some('shop', 30), [object, [worse]]]);
  t.regex(lines[0] ?? '', /^warn Mapping shop\/z: it cannot be used; requests pass without it/);
});

test('what follows from the problem of another object is one line, behind that problem', (t) => {
  const listener: ObjectRef = 'Listener infra/http';
  const taken: Problem = {
    ...{ _tag: 'PortUnavailable', object: listener, field: '' },
    ...{ address: '0.0.0.0:80', reason: 'Address already in use' },
  };
  const following = Array.from({ length: 7 }, (_, i): Problems[number] => {
    const object: ObjectRef = `Mapping shop/m${i}`;
    const causes = [{ object: listener, reason: 'is not open' }];
    return [object, [{ _tag: 'NotServed', object, field: '', causes }]];
  });
  const world: Problems = [...following, [listener, [taken]]];
  const [first, second, ...others] = logged(undefined, world);

  t.is(first, `warn ${showProblem(taken)}`);
  t.regex(
    second ?? '',
    /^warn Listener infra\/http: 7 objects are not served because of it: Mapping shop\/m\d,.* and 2 more$/,
  );
  t.deepEqual(others, []);
  t.like(entriesLogged(undefined, world)[1], {
    ...{ severity: 'breaks', problem: 'NotServed' },
    ...{ kind: 'Listener', namespace: 'infra', name: 'http' },
  });
  t.deepEqual(
    logged(world, []).map((line) => line.replace(/ of it: .*/, '')),
    [
      `info solved: ${showProblem(taken)}`,
      'info solved: Listener infra/http: 7 objects are not served because',
    ],
  );
});
