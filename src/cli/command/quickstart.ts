import { fileURLToPath } from 'node:url';

import type { Command } from 'commander';

import { quickstartBackends, startBackend } from '../../edge/example-backends.ts';
import { packageRoot } from '../package-root.ts';
import type { ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';
import { withFolderGateways } from '../source/folder-gateways.ts';
import { folderSource } from '../source/folder-source.ts';
import { servedSource } from '../source/served-source.ts';
import { addServeFlags } from './run.ts';

/** `headgate quickstart`: the example manifests, two backends, and three lines to try. */
export const addQuickstart = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('quickstart')
    .description('run the quickstart example: its manifests, two backends and an Envoy');
  addServeFlags(command, env);
  command.action(async (options: ServeOptions) => {
    const backends = await Promise.all(quickstartBackends.map(startBackend));
    try {
      const source = servedSource(folderSource(configDir), withFolderGateways(options));
      await serve(options, env, { ...source, introduction });
    } finally {
      await Promise.all(backends.map(({ close }) => close()));
    }
  });
};

const configDir = fileURLToPath(new URL('examples/quickstart', packageRoot));

const introduction = `Three lines to try:

    curl -i http://localhost:8080/quote/
    curl -ik https://localhost:8443/echo/hello
    for i in $(seq 20); do curl -s http://localhost:8080/canary/ | grep '"service"'; done

Edit, add or delete manifests in ${configDir} and see routing change. Ctrl-C stops everything.`;
