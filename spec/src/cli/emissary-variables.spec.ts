import { isDeepStrictEqual } from 'node:util';

import test from 'ava';

import { emissaryVariables } from '../../../src/cli/emissary-variables.ts';
import { newProgram } from '../../../src/cli/program.ts';
import { drainTime } from '../../../src/cli/serve/drain-time.ts';

test('a variable that is read changes what a command does without options', (t) => {
  const read = [...emissaryVariables].flatMap(([name, { _tag }]) =>
    _tag === 'Read' ? [name] : [],
  );
  const settings = (env: NodeJS.ProcessEnv) => [
    drainTime(undefined, env),
    ...newProgram(env).commands.flatMap(({ options }) => options.map((one) => one.defaultValue)),
  ];
  const usual = settings({});

  t.deepEqual(
    read.filter((name) => isDeepStrictEqual(settings({ [name]: '7' }), usual)),
    [],
  );
});

test('a variable that is named instead is that of an option', (t) => {
  const known = newProgram({}).commands.flatMap(({ options }) =>
    options.flatMap(({ envVar = [] }) => envVar),
  );
  const named = [...emissaryVariables.values()].flatMap((fate) =>
    fate._tag === 'Instead' ? (/HEADGATE_\w+/.exec(fate.text)?.[0] ?? 'none') : [],
  );

  t.deepEqual(
    named.filter((name) => !known.includes(name)),
    [],
  );
});
