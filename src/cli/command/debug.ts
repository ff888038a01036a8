import { pipeline } from 'node:stream/promises';

import { Argument, type Command } from 'commander';

import { debugPage, debugPages, type DebugPage } from '../../edge/admin/debug-server.ts';
import { runningStateFolders } from '../../edge/file/running-state.ts';
import { debugSocketIn } from '../../edge/file/state-folder.ts';
import { stateFlag } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

/** `headgate debug`: shows what a running control plane has made of its objects. */
export const addDebug = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('debug')
    .description('print what a running control plane has made of its objects, as JSON')
    .addArgument(
      new Argument(
        '<page>',
        'problems; streams: the connected Envoys; steps: how much each step made; ' +
          'snapshot: the resources of Envoy; ir: what they are made from',
      ).choices(debugPages),
    )
    .addOption(
      stateFlag('the state folder of that control plane; default: of the only one that runs'),
    )
    .option(
      '--object <object>',
      'of the page snapshot only the resources that come from this object, such as "Mapping default/shop"',
    )
    .action(async (page: DebugPage, { stateDir, object }: DebugFlags) => {
      if (object !== undefined && page !== 'snapshot')
        throw new UsageError('--object is for the page snapshot');
      if (object !== undefined && !/^\w+ [^ ].*$/.test(object))
        throw new UsageError(
          `--object: expected a kind and a name like "Mapping default/shop", got ${JSON.stringify(object)}`,
        );
      const folder = stateDir ?? (await onlyRunning(env));
      const answer = await debugPage(debugSocketIn(folder), page, object);
      await pipeline(answer, process.stdout, { end: false });
    });
};

interface DebugFlags {
  readonly stateDir?: string;
  readonly object?: string;
}

const onlyRunning = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const [folder, ...others] = await runningStateFolders(env);
  if (folder === undefined)
    throw new Error(
      'no control plane of this user runs here; one with a state folder of its own is found by --state-dir',
    );
  if (others.length === 0) return folder;
  const all = [folder, ...others].join('\n  ');
  throw new UsageError(`several control planes run here; choose one with --state-dir:\n  ${all}`);
};
