import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { gatherImage } from '../../build/image.ts';
import { cacheFolder } from '../../src/edge/envoy/cache-folder.ts';
import { run } from '../../src/edge/process/run.ts';

/** An image that was built, unpacked in a folder. */
export interface BuiltImage {
  readonly root: string;
  /** The variables that the image sets. */
  readonly env: readonly string[];
  readonly remove: () => Promise<void>;
}

/** What this machine lacks for building and running the image; undefined when nothing. */
export const whatIsMissing = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'root: the image is unpacked, mounted and entered';
  const folders = (process.env['PATH'] ?? '').split(':').concat('/usr/sbin', '/sbin');
  const missing = ['buildah', 'debootstrap', 'unshare', 'setpriv', 'chroot'].filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  if (missing.length === 0) return undefined;
  return `${missing.join(', ')}: apt-get install --yes buildah debootstrap util-linux coreutils`;
};

/** Builds the image from a Debian that is made here, for no registry has to be reached. */
export const buildImage = async (say: (line: string) => void): Promise<BuiltImage> => {
  const base = await debian(say);
  const store = await mkdtemp(join(tmpdir(), 'headgate-image-'));
  const remove = async (): Promise<void> => {
    await buildah(store, ['rm', '--all']).catch(() => undefined);
    await buildah(store, ['rmi', '--all', '--force']).catch(() => undefined);
    await rm(store, { recursive: true, force: true });
  };
  try {
    say('gathering what goes into the image');
    const context = join(cacheFolder({ env: process.env }), 'image');
    await gatherImage(context);
    say('building');
    const empty = await buildah(store, ['from', 'scratch']);
    await buildah(store, ['add', '--quiet', empty, base, '/']);
    await buildah(store, ['commit', '--quiet', empty, 'base']);
    await buildah(store, [
      ...['bud', '--quiet', '--pull-never', '--build-arg', 'BASE=localhost/base'],
      ...['--tag', 'headgate', context],
    ]);
    const container = await buildah(store, ['from', '--pull-never', 'localhost/headgate']);
    const root = await buildah(store, ['mount', container]);
    const format = ['--format', '{{range .OCIv1.Config.Env}}{{println .}}{{end}}'];
    const env = await buildah(store, ['inspect', ...format, container]);
    return { root, env: env.split('\n').filter((line) => line !== ''), remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** A Debian with the packages the image takes files from, made once and kept in the cache. */
const debian = async (say: (line: string) => void): Promise<string> => {
  const folder = join(cacheFolder({ env: process.env }), 'image-base-trixie');
  if (existsSync(folder)) return folder;
  say('making a Debian to take files from (half a minute, once)');
  const parent = cacheFolder({ env: process.env });
  await mkdir(parent, { recursive: true });
  const fresh = await mkdtemp(`${folder}.part-`);
  try {
    await chmod(fresh, 0o755);
    const packages = '--include=s6,execline,ca-certificates';
    await succeed('debootstrap', ['--variant=minbase', packages, 'trixie', fresh]);
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
};

const buildah = async (store: string, args: readonly string[]): Promise<string> =>
  await succeed('buildah', [
    ...['--root', join(store, 'root'), '--runroot', join(store, 'run')],
    ...['--storage-driver', 'vfs', ...args],
  ]);

const succeed = async (program: string, args: readonly string[]): Promise<string> => {
  const env = {
    ...process.env,
    PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
    BUILDAH_ISOLATION: 'chroot',
  };
  const { code, error, output } = await run(program, args, { env, timeout: 600_000 });
  if (code === 0) return output.trim();
  throw new Error(`${program} ${args.join(' ')} failed (${error ?? code}):\n${output}`);
};
