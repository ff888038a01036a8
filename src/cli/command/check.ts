import { Option, type Command } from 'commander';

import { locateProblem } from '../../manifest/locate-problem.ts';
import { ignored } from '../../manifest/manifest-set.ts';
import { problemRecord } from '../../problem/problem-record.ts';
import type { Problem } from '../../problem/problem.ts';
import { isAsBadAs, severities, type Severity } from '../../problem/severity.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';
import { translationFlags } from '../flags.ts';
import { countLine, problemLine, worstFirst } from '../problem-lines.ts';
import { offline } from '../source/offline.ts';

interface Options extends TranslateOptions {
  readonly json?: true;
  readonly failOn: Severity;
}

/** `headgate check`: every problem of a set of manifests; exit code 1 when there is one. */
export const addCheck = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('check')
    .description('print every problem of manifests, the worst first')
    .argument('<path...>', 'files, folders, or - for standard input')
    .option('--json', 'print the problems as a JSON array')
    .addOption(
      new Option('--fail-on <severity>', 'what ends with exit code 1: problems as bad as this')
        .choices(severities)
        .default('unused'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 without problems or with lesser ones than --fail-on alone, 1 with problems, 2 for a wrong call.',
    );
  for (const flag of translationFlags(env)) command.addOption(flag);
  command.action(async (paths: readonly string[], options: Options) => {
    const { manifests, translation } = await offline(paths, options, env);
    const placeOf = (problem: Problem) => locateProblem(manifests, problem);
    const problems = allProblems(translation.problems).toSorted(worstFirst(placeOf));
    if (options.json === true) {
      const records = problems.map((one) => problemRecord(one, { place: placeOf(one) }));
      console.log(JSON.stringify(records, null, 2));
    } else for (const line of problems.map(problemLine(placeOf))) console.log(line);
    if (problems.length > 0) console.error(`found: ${countLine(problems)}`);
    const others = [...ignored(manifests)].map(([kind, count]) => `${count} ${kind}`);
    if (others.length > 0) console.error(`not read: ${others.join(', ')}`);
    process.exitCode = problems.some(isAsBadAs(options.failOn)) ? 1 : 0;
  });
};
