import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import type { BuiltImage } from './built-image.ts';

/** A process in a container, as the machine sees it. */
export interface ContainerProcess {
  readonly pid: number;
  readonly command: string;
  readonly status: Readonly<Record<string, string>>;
}

/** What outlives a container of a Pod: its emptyDir. */
export const anEmptyDir = () => {
  const path = mkdtempSync('/dev/shm/headgate-image-');
  chmodSync(path, 0o1777);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** Where and with what a container runs. */
export interface ContainerOptions {
  readonly image: BuiltImage;
  readonly emptyDir: string;
  /** A folder of this machine, and where it is mounted. */
  readonly mount: readonly [folder: string, point: string];
  readonly adminPort: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a container on the network of this machine, restricted as its Deployment restricts it. */
export const startContainer = (options: ContainerOptions) => {
  const { image, emptyDir, mount, adminPort } = options;
  const env = {
    HEADGATE_ADMIN_ADDRESS: `0.0.0.0:${adminPort}`,
    HEADGATE_LOG_FORMAT: 'text',
    HEADGATE_ENVOY_CONCURRENCY: '1',
    ...options.env,
  };
  const child = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', 'unshare'],
      ...['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child'],
      ...['sh', join(import.meta.dirname, 'enter.sh'), image.root, emptyDir, ...mount],
      ...image.env,
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => lines.push(line));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const spawned = child.pid ?? 0;
  /** The PID namespace of the child, once there is one: it outlives `unshare`, which can be killed. */
  let known: Namespace | undefined;
  const namespace = (): Namespace | undefined => (known ??= namespaceBelow(spawned));
  return {
    lines: lines as readonly string[],
    processes: (): readonly ContainerProcess[] => processesIn(namespace()),
    /** Process 1 of the container. */
    init: (): number => namespace()?.init ?? 0,
    /** Runs a program in it, as `kubectl exec` does; gives what it prints. */
    exec: async (...command: readonly string[]): Promise<string> => {
      const into = ['--target', String(namespace()?.init), '--mount', '--pid', '--root', '--wd'];
      const user = ['--setuid', '65532', '--setgid', '65532'];
      const variables = image.env.map((line) => line.split(/=(.*)/, 2) as [string, string]);
      const { stdout } = await promisify(execFile)('nsenter', [...into, ...user, ...command], {
        env: Object.fromEntries(variables),
      });
      return stdout;
    },
    exited,
    isReady: async (): Promise<boolean> =>
      await fetch(`http://127.0.0.1:${adminPort}/ambassador/v0/check_ready`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    kill: async (): Promise<void> => {
      for (const { pid } of processesIn(namespace())) kill(pid);
      child.kill('SIGKILL');
      await exited;
    },
  };
};

/** A running container. */
export type Container = ReturnType<typeof startContainer>;

/** The process whose command line has this in it; 0 when there is none. */
export const pidOf = (container: Container, part: string): number =>
  container.processes().find(({ command }) => command.includes(part))?.pid ?? 0;

interface Namespace {
  readonly init: number;
  readonly id: string;
}

const namespaceBelow = (unshare: number): Namespace | undefined => {
  const init = childrenOf(unshare)[0];
  const id = init === undefined ? undefined : namespaceOf(init);
  if (init === undefined || id === undefined || id === namespaceOf(unshare)) return undefined;
  return { init, id };
};

const processesIn = (namespace: Namespace | undefined): readonly ContainerProcess[] =>
  namespace === undefined
    ? []
    : readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && namespaceOf(Number(name)) === namespace.id)
        .map((name) => ({
          pid: Number(name),
          command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' '),
          status: Object.fromEntries(
            read(`/proc/${name}/status`)
              .split('\n')
              .map((line) => line.split(':\t') as [string, string]),
          ),
        }));

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
};

const childrenOf = (pid: number): readonly number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

const namespaceOf = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
};

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
