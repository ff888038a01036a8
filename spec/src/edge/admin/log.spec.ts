import test from 'ava';

import { textLine } from '../../../../src/edge/admin/text-line.ts';
import { parseEnvoyLine } from '../../../../src/edge/envoy/envoy-log.ts';

/** Without the time, which is the local one. */
const shown = (entry: object, colour = false): string =>
  textLine(JSON.stringify({ time: 0, level: 30, ...entry }), colour).replace(
    /\d\d:\d\d:\d\d\.\d{3}/,
    'TIME',
  );

test('a log line is compact and readable', (t) => {
  t.is(
    shown({ level: 40, component: 'config', msg: 'refused', objects: 2, why: 'two words' }),
    'TIME warn  config: refused  objects=2 why="two words"\n',
  );
});

test('colours are used only when they are wanted', (t) => {
  const escape = '\u001B';
  t.false(shown({ msg: 'x' }).includes(escape));
  t.true(shown({ msg: 'x' }, true).includes(escape));
});

test('what others wrote cannot control the terminal', (t) => {
  t.is(
    shown({ msg: 'a\u001B[2Jb\rc\u009Bd', header: '\u001B]0;x\u0007\u009B' }),
    'TIME info  a\\x1b[2Jb\\x0dc\\x9bd  header="\\u001b]0;x\\u0007\\x9b"\n',
  );
});

test('the stack of an error follows on lines of its own', (t) => {
  t.is(
    shown({ level: 50, msg: 'lost', error: { message: 'gone', stack: 'Error: gone\nat x' } }),
    'TIME error lost\n    Error: gone\n    at x\n',
  );
});

test('what is not a log entry passes as it is', (t) => {
  t.is(textLine('plain\n', true), 'plain\n');
});

const reads = test.macro({
  exec(t, line: string, level: string, component: string, message: string) {
    t.deepEqual<unknown, unknown>(parseEnvoyLine(line), { level, component, message });
  },
  title: (name = '') => `a line of Envoy's log: ${name}`,
});

test(
  'an ordinary one',
  reads,
  '[2026-11-23 01:24:27.834][6290][warning][config] [source/extensions/x.cc:12] gRPC config: no',
  'warn',
  'config',
  'gRPC config: no',
);
test(
  'one that was escaped',
  reads,
  String.raw`[2026-11-23 01:24:27.834][1][critical][main] [a.cc:1] \'x\': \"y\"\nC:\\new`,
  'fatal',
  'main',
  `'x': "y"\nC:\\new`,
);
test(
  'one that is not of its logger',
  reads,
  'ld.so: cannot open libc.so.6',
  'error',
  '',
  'ld.so: cannot open libc.so.6',
);
