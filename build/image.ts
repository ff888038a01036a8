import { chmod, copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { cacheFolder } from '../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../src/edge/envoy/find-envoy.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/**
 * Gathers what the container image is built from: Node.js, Envoy, the control plane as one file with
 * its dependencies, and `k8s/image`. A builder needs this folder and a Debian base, nothing else.
 */
export const gatherImage = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'app', 'bin'), { recursive: true });
  await cp(join(checkout, 'k8s', 'image'), folder, { recursive: true });
  await program(nodeBinary, join(folder, 'node'));
  const envoy = await findEnvoy({
    asked: process.env['HEADGATE_ENVOY'],
    cacheFolder: cacheFolder({ env: process.env }),
    env: process.env,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  await program(envoy.path, join(folder, 'envoy'));
  for (const file of ['package.json', 'LICENSE', 'bin/headgate.js'])
    await copyFile(join(checkout, file), join(folder, 'app', file));
  await bundle(join(folder, 'app', 'dist', 'main.js'));
};

/** The Node.js that `npm ci` installs: the version in the lock file, for this architecture. */
const nodeBinary = join(checkout, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');

const program = async (from: string, to: string): Promise<void> => {
  await copyFile(from, to);
  await chmod(to, 0o755);
};

/** Dependencies that are not ES modules expect a `require`. */
const require =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Without white space: Node keeps the text of a program in memory, in each process that runs it. */
const bundle = async (outfile: string): Promise<void> => {
  await build({
    absWorkingDir: checkout,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: require },
    logLevel: 'error',
  });
};

if (import.meta.main) {
  const folder = join(checkout, '.cache', 'image');
  await gatherImage(folder);
  process.stdout.write(`${folder}\n`);
}
