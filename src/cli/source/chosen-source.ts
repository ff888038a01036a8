import { clusterSource, type ClusterOptions } from './cluster-source.ts';
import { folderSource } from './folder-source.ts';
import type { Source } from './source.ts';

/** How the user chooses a source. */
export interface SourceOptions extends ClusterOptions {
  readonly configDir?: string;
}

/**
 * The options with what the source implies: in a cluster those who write objects have no right to the machine that
 * Envoy is on. Unless somebody says so, requests do not go there, and no Gateway has an address of it.
 */
export const withSourceDefaults = <Options extends SourceOptions>(options: Options): Options =>
  options.configDir === undefined
    ? {
        allowAddresses: [],
        ...(options.gatewayService === undefined && { gatewayAddresses: [] }),
        ...options,
      }
    : options;

/** The folder that was named, else the cluster. */
export const chosenSource = (options: SourceOptions, env: NodeJS.ProcessEnv): Source =>
  options.configDir === undefined
    ? clusterSource(options, env)
    : folderSource(options.configDir, options.maxObject);
