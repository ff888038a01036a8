import test from 'ava';

import { problemRecord } from '../../../src/problem/problem-record.ts';
import type { Problem } from '../../../src/problem/problem.ts';

const object = 'Mapping shop/web';

test('a record has all that is known, and nothing that is not', (t) => {
  const invalid: Problem = {
    ...{ _tag: 'InvalidField', object, field: 'spec.timeout_ms' },
    ...{ expected: 'a number', got: '"soon"' },
  };
  const place = { file: 'shop.yaml', line: 9, column: 3 };

  t.deepEqual(problemRecord(invalid, { place, since: '1970-01-01T00:00:00.000Z' }), {
    severity: 'breaks',
    object: 'Mapping shop/web',
    field: 'spec.timeout_ms',
    place,
    problem: 'InvalidField',
    message: 'expected a number, got "soon"',
    expected: 'a number',
    got: '"soon"',
    since: '1970-01-01T00:00:00.000Z',
  });
  t.deepEqual(problemRecord({ _tag: 'Note', object, field: '', note: 'why' }), {
    severity: 'note',
    object: 'Mapping shop/web',
    problem: 'Note',
    message: 'why',
  });
});

test('what is wrong with a kind names it; what is wrong with a file has its place', (t) => {
  const kind = 'hosts.getambassador.io';
  t.like(problemRecord({ _tag: 'UnreadableKind', kind, reason: 'why' }), { object: kind });
  t.deepEqual(problemRecord({ _tag: 'UnreadableFile', file: 'a', line: 3, reason: 'why' }), {
    severity: 'breaks',
    place: { file: 'a', line: 3, column: 1 },
    problem: 'UnreadableFile',
    message: 'why',
  });
});
