import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { takeLock } from '../../../src/edge/process/lock.ts';
import { runGo } from '../process/run-go.ts';

/** What to build, and where to put it. */
export interface GoBuild {
  readonly name: string;
  /** The folder of the Go module. */
  readonly folder: string;
  readonly source: string;
  /** A program by default, else the tests of the package as one. */
  readonly makes?: 'tests';
  /** Flags of the linker. */
  readonly flags: string;
  /** What Go calls build constraints, that it can be built without some of its parts. */
  readonly tags?: string;
  readonly target: string;
  readonly progress: (line: string) => void;
}

/**
 * Builds a program and gives its path.
 *
 * Of several processes one builds and the others wait for it; what is not complete is never there
 * under the final name.
 */
export const goBuild = async (build: GoBuild): Promise<string> => {
  const { name, target, progress } = build;
  await mkdir(dirname(target), { recursive: true });
  for (let isToldOf = false; ; isToldOf = true) {
    const lock = takeLock(`${target}.lock`);
    if ('release' in lock) {
      try {
        if (!existsSync(target)) await built(build);
        return target;
      } finally {
        lock.release();
      }
    }
    if (!isToldOf) progress(`waiting for ${name}, which process ${lock.pid} builds`);
    await setTimeout(200);
  }
};

const built = async (build: GoBuild) => {
  const { name, folder, source, makes, flags, tags, target, progress } = build;
  progress(`building ${name} with Go (once; minutes on a small machine)`);
  const began = performance.now();
  const part = `${target}.part`;
  const command = makes === 'tests' ? ['test', '-c'] : ['build'];
  const args = [
    ...['-C', folder, ...command, '-trimpath', '-ldflags', flags],
    ...(tags === undefined ? [] : ['-tags', tags]),
    ...['-o', part, source],
  ];
  const task = `build ${name} for the test cluster`;
  try {
    await runGo({ args, env, task, advice, line: progress });
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, target);
  progress(`built ${name} in ${Math.round((performance.now() - began) / 1000)} s`);
};

/** A Go fetches the newer one that a module needs. */
const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' };

const advice =
  'The specs of the cluster run a real kube-apiserver. Install Go 1.26 or newer, which builds it ' +
  'from spec/_support/test-cluster, or set KUBEBUILDER_ASSETS to a folder with etcd, ' +
  'kube-apiserver and kubectl, as `setup-envtest use -p path` of controller-runtime prints it';
