import { Option, type Command } from 'commander';
import { stringify } from 'yaml';

import { values } from '../../collection/collection.ts';
import type { Ir } from '../../ir/ir.ts';
import { shownParts } from '../../ir/shown-parts.ts';
import { locateProblem } from '../../manifest/locate-problem.ts';
import type { Problem } from '../../problem/problem.ts';
import { isAsBadAs } from '../../problem/severity.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';
import { staticBootstrap } from '../../xds/bootstrap/static-bootstrap.ts';
import { makeSnapshot } from '../../xds/make-snapshot.ts';
import { toJson } from '../../xds/message/to-json.ts';
import type { Snapshot } from '../../xds/snapshot.ts';
import { typeUrls } from '../../xds/type-url.ts';
import { translationFlags } from '../flags.ts';
import { problemLines } from '../problem-lines.ts';
import { offline } from '../source/offline.ts';

interface Options extends TranslateOptions {
  readonly output: 'ir' | 'xds' | 'bootstrap';
  readonly format: 'json' | 'yaml';
  readonly json?: true;
}

/** `headgate translate`: what manifests become, on standard output. */
export const addTranslate = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('translate')
    .description('print what manifests become; problems go to standard error')
    .argument('<path...>', 'files, folders, or - for standard input')
    .addOption(
      new Option(
        '-o, --output <what>',
        'ir: the intermediate representation; xds: the resources; bootstrap: a static Envoy configuration, private keys included',
      )
        .choices(['ir', 'xds', 'bootstrap'])
        .default('xds'),
    )
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['json', 'yaml']).default('yaml'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      '\nExit code: 0 without problems or with notes alone, 1 with problems, 2 for a wrong call.',
    );
  for (const flag of translationFlags(env)) command.addOption(flag);
  command.action(async (paths: readonly string[], options: Options) => {
    // A static Envoy has nobody to ask for certificates.
    const { manifests, translation } = await offline(
      paths,
      options.output === 'bootstrap' ? { ...options, tlsLayout: 'chains' } : options,
      env,
    );
    const result = outputs[options.output](translation.ir);
    const asJson = options.json === true || options.format === 'json';
    console.log(
      asJson ? JSON.stringify(result, null, 2) : stringify(result, asEnvoyReads).trimEnd(),
    );
    const placeOf = (problem: Problem) => locateProblem(manifests, problem);
    const problems = allProblems(translation.problems);
    for (const line of problemLines(problems, placeOf)) console.error(line);
    process.exitCode = problems.some(isAsBadAs('unused')) ? 1 : 0;
  });
};

/** Envoy reads YAML 1.1, in which `yes` and `on` are no texts unless they are quoted. */
const asEnvoyReads = { compat: 'yaml-1.1' } as const;

const outputs: Readonly<Record<Options['output'], (ir: Ir) => unknown>> = {
  ir: (ir) => irJson(ir),
  xds: (ir) => xdsJson(makeSnapshot(undefined, ir).resources),
  bootstrap: (ir) => staticBootstrap(makeSnapshot(undefined, ir).resources),
};

/** The IR as plain data, sorted by name; a private key shows as its handle. */
const irJson = (ir: Ir): unknown =>
  Object.fromEntries(shownParts(ir).map(([part, nodes]) => [part, Object.fromEntries(nodes)]));

/** The resources as ProtoJSON, by type and sorted by name. */
export const xdsJson = (resources: Snapshot['resources']): unknown =>
  typeUrls.flatMap((typeUrl) =>
    [...values(resources[typeUrl])]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((resource) => ({
        name: resource.name,
        version: resource.version,
        resource: toJson(resource),
      })),
  );
