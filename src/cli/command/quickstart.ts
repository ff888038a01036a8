import { fileURLToPath } from 'node:url';

import type { Command } from 'commander';

import { quickstartBackends, startBackend } from '../../edge/example-backends.ts';
import { packageRoot } from '../package-root.ts';
import type { ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';
import { folderSource } from '../source/folder-source.ts';
import { servedSource } from '../source/served-source.ts';
import { addServeFlags } from './run.ts';

/** `headgate quickstart`: the manifests of an example, the two backends of all of them, and lines to try. */
export const addQuickstart = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('quickstart')
    .description('run the quickstart example: its manifests, two backends and an Envoy')
    .argument('[folder]', 'the manifests of another example, in place of those of the quickstart');
  addServeFlags(command, env);
  command.action(async (folder: string | undefined, options: ServeOptions) => {
    const backends = await Promise.all(quickstartBackends.map(startBackend));
    try {
      const source = servedSource(folderSource(folder ?? ownFolder), options, env);
      await serve(options, env, { ...source, introduction: introductionOf(folder) });
    } finally {
      await Promise.all(backends.map(({ close }) => close()));
    }
  });
};

const ownFolder = fileURLToPath(new URL('examples/quickstart', packageRoot));

const introductionOf = (folder: string | undefined): string =>
  `${folder === undefined ? threeLines : twoBackends}

Edit, add or delete manifests in ${folder ?? ownFolder} and see routing change. Ctrl-C stops everything.`;

const twoBackends = `${quickstartBackends
  .map(({ name, port }) => `"${name}" on 127.0.0.1:${port}`)
  .join(' and ')} tell what they are asked.`;

const threeLines = `Three lines to try:

    curl -i http://localhost:8080/quote/
    curl -ik https://localhost:8443/echo/hello
    for i in $(seq 20); do curl -s http://localhost:8080/canary/ | grep '"service"'; done`;
