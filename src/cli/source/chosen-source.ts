import { clusterSource, type ClusterOptions } from './cluster-source.ts';
import { folderSource } from './folder-source.ts';
import type { Source } from './source.ts';

/** How the user chooses a source. */
export interface SourceOptions extends ClusterOptions {
  readonly configDir?: string;
}

/** The folder that was named, else the cluster. */
export const chosenSource = (options: SourceOptions, env: NodeJS.ProcessEnv): Source =>
  options.configDir === undefined ? clusterSource(options, env) : folderSource(options.configDir);
