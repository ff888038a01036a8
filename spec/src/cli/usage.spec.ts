import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { exitCode } from '../../../src/cli/exit-code.ts';
import { newProgram } from '../../../src/cli/program.ts';
import { fieldSelector, labelSelector } from '../../../src/cli/source/selector-argument.ts';
import { headgate, type Outcome } from '../../_support/process/headgate.ts';
import { tempDir } from '../../_support/process/temp-dir.ts';

/** What a call says on standard error, and the exit code, without a process of its own. */
const call = async (args: readonly string[]): Promise<Pick<Outcome, 'code' | 'stderr'>> => {
  const said: string[] = [];
  const program = newProgram({});
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeErr: (text) => said.push(text), writeOut: () => undefined });
  const code = await program.parseAsync(['node', 'headgate', ...args]).then(
    () => 0,
    (error: unknown) => exitCode(error, (line) => said.push(line)),
  );
  return { code, stderr: said.join('') };
};

for (const command of newProgram({}).commands)
  test(`headgate ${command.name()} --help exits with 0`, async (t) => {
    t.deepEqual(await call([command.name(), '--help']), { code: 0, stderr: '' });
  });

test('help goes to standard output and names every option', async (t) => {
  const { code, stdout, stderr } = await headgate(['run', '--help']);

  t.is(code, 0);
  t.is(stderr, '');
  const flags = newProgram({}).commands.find((command) => command.name() === 'run')?.options ?? [];
  t.true(flags.length > 10);
  for (const { long } of flags) t.true(stdout.includes(`${long} `), `${long}`);
});

test('says its version', async (t) => {
  const { code, stdout } = await headgate(['--version']);

  t.is(code, 0);
  t.regex(stdout, /^\d+\.\d+\.\d+\n$/);
});

const isWrong = test.macro({
  async exec(t, args: readonly string[], line: string) {
    const { code, stderr } = await call(args);

    t.is(code, 2);
    t.is(stderr.split('\n')[0], line);
  },
  title: (name = '') => `a wrong call exits with 2 and says why: ${name}`,
});

const run = ['run', '--config-dir', '.', '--no-envoy'];

test('no command that exists', isWrong, ['srve'], "error: unknown command 'srve'");
test('a slip in a command', isWrong, ['chekc'], "error: unknown command 'chekc'");
test('an unknown option', isWrong, ['check', '--all', '.'], "error: unknown option '--all'");
test('no path', isWrong, ['check'], "error: missing required argument 'path'");
test(
  'no such file',
  isWrong,
  ['check', 'nothing.yaml'],
  'headgate: there is no file or folder nothing.yaml',
);
test('no such journal', isWrong, ['replay', 'x.ndjson'], 'headgate: there is no journal x.ndjson');
test(
  'an output that does not exist',
  isWrong,
  ['translate', '--output', 'yaml', '.'],
  "error: option '-o, --output <what>' argument 'yaml' is invalid. Allowed choices are ir, xds, bootstrap.",
);
test(
  'an address without a port',
  isWrong,
  [...run, '--ads-address', 'localhost'],
  "error: option '--ads-address <address>' argument 'localhost' is invalid. expected HOST:PORT or unix:PATH.",
);
test(
  'a port that is too high',
  isWrong,
  [...run, '--admin-address', '127.0.0.1:65536'],
  "error: option '--admin-address <address>' argument '127.0.0.1:65536' is invalid. expected HOST:PORT.",
);
test(
  'a socket for the admin server',
  isWrong,
  [...run, '--admin-address', 'unix:/tmp/a'],
  "error: option '--admin-address <address>' argument 'unix:/tmp/a' is invalid. expected HOST:PORT.",
);
test(
  'no number of threads',
  isWrong,
  [...run, '--envoy-concurrency', '0'],
  "error: option '--envoy-concurrency <threads>' argument '0' is invalid. expected a whole number from 1 to 1024.",
);
test(
  'a drain time with a unit',
  isWrong,
  [...run, '--drain-time', '10s'],
  "error: option '--drain-time <seconds>' argument '10s' is invalid. expected a whole number from 0 to 3600.",
);
test(
  'a speed of nothing',
  isWrong,
  ['replay', 'x', '--speed', '0'],
  "error: option '--speed <factor>' argument '0' is invalid. expected a number above 0.",
);
test(
  'a moment in words',
  isWrong,
  ['replay', 'x', '--until', 'noon'],
  "error: option '--until <seq|time>' argument 'noon' is invalid. expected an entry (12) or a time (1500ms, 2.5s).",
);
test(
  'a pool with an entry that is none',
  isWrong,
  [...run, '--gateway-addresses', '10.0.0.1,10.0.0.9-10.0.0.2'],
  "error: option '--gateway-addresses <list>' argument '10.0.0.1,10.0.0.9-10.0.0.2' is invalid. \"10.0.0.9-10.0.0.2\" ends before it begins.",
);
for (const command of ['run', 'quickstart', 'translate .', 'check .', 'record -o -'])
  test(
    `both an address for each Gateway and one for all: ${command}`,
    isWrong,
    [...command.split(' '), '--gateway-addresses', '10.0.0.1', '--gateway-service', 'edge/web'],
    "error: option '--gateway-addresses <list>' cannot be used with option '--gateway-service <namespace/name>'",
  );
for (const command of ['run', 'record -o -'])
  test(
    `both a folder and a cluster: ${command}`,
    isWrong,
    [...command.split(' '), '--config-dir', '.', '--watch-namespace', 'shop'],
    "error: option '--config-dir <folder>' cannot be used with option '--watch-namespace <name>'",
  );
for (const selector of ['a b', 'a=b=c', 'in (x)', '!a=b', 'a in x', 'a,,b', '-a'])
  test(
    `no selector by labels: ${selector}`,
    isWrong,
    ['run', `--label-selector=${selector}`],
    `error: option '--label-selector <selector>' argument '${selector}' is invalid. expected labels as in app=shop,track!=canary,tier in (web, api),!internal.`,
  );
test(
  'no selector by fields',
  isWrong,
  ['run', '--field-selector', 'metadata.name'],
  "error: option '--field-selector <selector>' argument 'metadata.name' is invalid. expected fields as in metadata.name=shop,metadata.namespace!=test.",
);

test('every form of a selector that kubectl takes is taken', (t) => {
  for (const selector of [
    '',
    'a',
    '!a',
    'x.example/a=b',
    'a==b, c!=d',
    'a in (b,c),d notin (e)',
    'a=',
  ])
    t.is(labelSelector(selector), selector);
  for (const selector of ['', 'metadata.name=a,metadata.namespace!=b', 'spec.type==x'])
    t.is(fieldSelector(selector), selector);
});

test('a wrong call ends the process with 2 and prints nothing on standard output', async (t) => {
  t.deepEqual(await headgate(['check']), {
    code: 2,
    stdout: '',
    stderr: "error: missing required argument 'path'\n(--help tells more)\n",
  });
});

test('without a folder and without a cluster there is nothing to read', async (t) => {
  const env = { HOME: '/nonexistent', KUBECONFIG: '', KUBERNETES_SERVICE_HOST: '' };
  for (const args of [
    ['run', '--no-envoy'],
    ['record', '-o', '-'],
  ]) {
    const { code, stderr } = await headgate(args, { env });
    t.is(code, 1);
    t.regex(stderr, /there is no cluster to read: .*--kubeconfig.*--config-dir/);
  }
});

test('a variable that is wrong is named', async (t) => {
  const env = { HEADGATE_DRAIN_TIME: 'long' };
  const { code, stderr } = await headgate(['run', '--config-dir', '.'], { env });

  t.is(code, 2);
  t.is(
    stderr.split('\n')[0],
    "error: option '--drain-time <seconds>' value 'long' from env 'HEADGATE_DRAIN_TIME' is invalid. expected a whole number from 0 to 3600.",
  );
});

test('an environment variable is the same as its option', async (t) => {
  const folder = await tempDir(t);
  const mapping =
    'apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: { name: a }\n' +
    "spec: { ambassador_id: [blue], hostname: '*', prefix: /, service: a }\n";
  await writeFile(join(folder, 'a.yaml'), mapping);
  const byOption = await headgate(['check', '--ambassador-id', 'blue', folder]);
  const byVariable = await headgate(['check', folder], { env: { HEADGATE_AMBASSADOR_ID: 'blue' } });
  const byBoth = await headgate(['check', '--ambassador-id', 'green', folder], {
    env: { HEADGATE_AMBASSADOR_ID: 'blue' },
  });

  t.regex(byOption.stdout, /Mapping default\/a: no Host takes this Mapping/);
  t.deepEqual(byVariable, byOption);
  t.is(byBoth.code, 0);
  t.regex(byBoth.stdout, /not for this installation, which is "green": it is for "blue"\n$/);
});

test('a variable and an option that exclude each other are named', async (t) => {
  const env = { HEADGATE_GATEWAY_SERVICE: 'edge/web' };
  const { code, stderr } = await headgate(['check', '--gateway-addresses', '10.0.0.1', '.'], {
    env,
  });

  t.is(code, 2);
  t.is(
    stderr.split('\n')[0],
    "error: option '--gateway-addresses <list>' cannot be used with environment variable 'HEADGATE_GATEWAY_SERVICE'",
  );
});

test('a variable that nothing reads is told, as JSON where the log is JSON', async (t) => {
  const env = { HEADGATE_ISOLATON: '1', HEADGATE_LOG_FORMAT: 'json' };
  const { code, stderr } = await headgate(['run', '--no-envoy', '--kubeconfig', '/none'], { env });
  const [first = '', second] = stderr.split('\n');

  t.is(code, 1);
  t.like(JSON.parse(first), {
    level: 'warn',
    msg: 'the variable HEADGATE_ISOLATON is not read; did you mean HEADGATE_ISOLATION?',
  });
  t.is(second, 'headgate: kubeconfig /none: there is no such file or folder');
});
