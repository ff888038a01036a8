import { Option, type Command } from 'commander';

import { entries } from '../../collection/collection.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import { locateProblem } from '../../manifest/locate-problem.ts';
import { ignored, type ManifestSet } from '../../manifest/manifest-set.ts';
import { withMeantObject } from '../../manifest/meant-object.ts';
import { problemRecord, type PlaceOf } from '../../problem/problem-record.ts';
import type { Problem } from '../../problem/problem.ts';
import { isAsBadAs, severities, type Severity } from '../../problem/severity.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import { backendProblems } from '../backend-problems.ts';
import { translationFlags } from '../flags.ts';
import { migrationTable } from '../migration-table.ts';
import { countLine, problemLines, worstFirst } from '../problem-lines.ts';
import { assumedFile } from '../source/assumed-parents.ts';
import { offline, type OfflineOptions } from '../source/offline.ts';

interface Options extends OfflineOptions {
  readonly json?: true;
  readonly migration?: true;
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
      new Option(
        '--migration',
        'print what becomes of an installation of Emissary: a row for each thing that opens, is refused, works differently or is ignored, and how many objects work',
      ).conflicts('json'),
    )
    .option(
      '--assume-hosts',
      'check as if there were the Listener, Host and Gateways that Mappings and routes need and that are not given',
    )
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
    const { manifests, problems, placeOf } = await checked(paths, options, env);
    if (options.json === true) {
      const records = problems.map((one) => problemRecord(one, { place: placeOf(one) }));
      console.log(JSON.stringify(records, null, 2));
    } else if (options.migration === true)
      for (const line of migrationTable(objectsOf(manifests), problems)) console.log(line);
    else for (const line of problemLines(problems, placeOf)) console.log(line);
    console.error(`checked ${sizeOf(manifests)}: ${countLine(problems)}`);
    const others = [...ignored(manifests)].map(([kind, count]) => `${count} ${kind}`);
    if (others.length > 0) console.error(`not read: ${others.join(', ')}`);
    process.exitCode = problems.some(isAsBadAs(options.failOn)) ? 1 : 0;
  });
};

/** What `check` has to say of files, folders and, for `-`, standard input. */
export const checked = async (
  paths: readonly string[],
  options: OfflineOptions,
  env: NodeJS.ProcessEnv,
): Promise<Checked> => {
  const { manifests, translation } = await offline(paths, options, env);
  const placeOf = (problem: Problem) => locateProblem(manifests, problem);
  const problems = allProblems(translation.problems)
    .concat(backendProblems(translation, options.namespace))
    .filter((problem) => placeOf(problem)?.file !== assumedFile)
    .map(withMeantObject(manifests))
    .toSorted(worstFirst(placeOf));
  return { manifests, problems, placeOf };
};

interface Checked {
  readonly manifests: ManifestSet;
  readonly problems: readonly Problem[];
  readonly placeOf: PlaceOf;
}

/** The objects that files define, but for what is assumed. */
const objectsOf = ({ claims }: ManifestSet): readonly ObjectRef[] =>
  [...entries(claims)].flatMap(([object, [claim]]) =>
    claim === undefined || claim.file === assumedFile ? [] : [object],
  );

/** How much there is, but for what is assumed. */
const sizeOf = ({ files }: ManifestSet): string => {
  const given = [...entries(files)].filter(([file]) => file !== assumedFile);
  const objects = given.reduce((sum, [, { claims }]) => sum + claims.length, 0);
  return `${counted(objects, 'object')} in ${counted(given.length, 'file')}`;
};

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
