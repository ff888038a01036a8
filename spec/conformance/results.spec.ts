import test from 'ava';

import { resultReader } from './results.ts';

const read = (...lines: readonly string[]) => {
  const reader = resultReader();
  return lines.map((line) => reader.line(line)).filter((result) => result !== undefined);
};

test('a test of the suite has the outcome that the framework gives it, and what was written meanwhile', (t) => {
  t.deepEqual(
    read(
      '\u0016=== RUN   TestConformance',
      'set up',
      '\u0016=== RUN   TestConformance/First',
      'first says',
      '\u0016=== RUN   TestConformance/First/part',
      'part says',
      '\u0016    --- PASS: TestConformance/First (1.25s)',
      '\u0016    --- SKIP: TestConformance/Second (0.00s)',
      '\u0016--- FAIL: TestConformance (2.00s)',
    ).map(({ name, outcome, seconds }) => [name, outcome, seconds]),
    [
      ['First', 'passed', 1.25],
      ['Second', 'skipped', 0],
    ],
  );
});

test('of tests side by side each has its own output', (t) => {
  const results = read(
    '\u0016=== RUN   TestConformance/First',
    '\u0016=== PAUSE TestConformance/First',
    '\u0016=== CONT  TestConformance/Second',
    'second says',
    '\u0016=== NAME  TestConformance/First/part',
    'first says',
    '\u0016=== NAME  TestConformance/Second',
    'second says more',
    '\u0016    --- FAIL: TestConformance/First (3.00s)',
    '\u0016    --- PASS: TestConformance/Second (4.00s)',
  );
  t.deepEqual(
    results.map(({ name, outcome, output }) => [name, outcome, output]),
    [
      ['First', 'failed', ['first says', '    --- FAIL: TestConformance/First (3.00s)']],
      [
        'Second',
        'passed',
        ['second says', 'second says more', '    --- PASS: TestConformance/Second (4.00s)'],
      ],
    ],
  );
});

test('a line that a test writes, and that looks like a verdict, is none', (t) => {
  t.deepEqual(
    read('\u0016=== RUN   TestConformance/First', '--- PASS: TestConformance/First (1.00s)'),
    [],
  );
});
