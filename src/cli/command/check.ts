import type { Command } from 'commander';

import { ignored } from '../../manifest/manifest-set.ts';
import { isFault } from '../../problem/is-fault.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';
import { translationFlags } from '../flags.ts';
import { byPlace, located, problemLine } from '../problem-lines.ts';
import { offline } from '../source/offline.ts';

/** `headgate check`: every problem of a set of manifests; exit code 1 when there is one. */
export const addCheck = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('check')
    .description('print every problem of manifests')
    .argument('<path...>', 'files, folders, or - for standard input')
    .option('--json', 'print the problems as a JSON array')
    .addHelpText(
      'after',
      '\nExit code: 0 without problems or with notes alone, 1 with problems, 2 for a wrong call.',
    );
  for (const flag of translationFlags(env)) command.addOption(flag);
  command.action(
    async (paths: readonly string[], options: TranslateOptions & { readonly json?: true }) => {
      const { manifests, translation } = await offline(paths, options, env);
      const problems = allProblems(translation.problems).toSorted(byPlace(manifests));
      if (options.json === true)
        console.log(
          JSON.stringify(
            problems.map((problem) => located(manifests, problem)),
            null,
            2,
          ),
        );
      else for (const problem of problems) console.log(problemLine(manifests, problem));
      const others = [...ignored(manifests)].map(([kind, count]) => `${count} ${kind}`);
      if (others.length > 0) console.error(`not read: ${others.join(', ')}`);
      process.exitCode = problems.some(isFault) ? 1 : 0;
    },
  );
};
