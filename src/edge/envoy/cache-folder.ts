import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the choice of a cache folder depends on. */
interface CacheFolderOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The root of the package this code belongs to. */
  readonly packageRoot?: string;
}

/**
 * Where downloads are kept between runs.
 *
 * `HEADGATE_CACHE_DIR` decides; else a checkout keeps its own `.cache`, so that removing it removes
 * everything; an installed package has no sources beside it and uses the user's cache folder.
 */
export const cacheFolder = ({ env, packageRoot = ownRoot }: CacheFolderOptions): string => {
  const chosen = env['HEADGATE_CACHE_DIR'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (isCheckout(packageRoot)) return join(packageRoot, '.cache');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'headgate');
};

/** Sources run from `src/edge/envoy`, a built package from `dist`. */
const ownRoot = import.meta.dirname.endsWith(join('src', 'edge', 'envoy'))
  ? resolve(import.meta.dirname, '..', '..', '..')
  : resolve(import.meta.dirname, '..');

const isCheckout = (root: string): boolean =>
  existsSync(join(root, 'src')) && existsSync(join(root, 'package.json'));
