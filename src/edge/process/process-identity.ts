import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** One process, and not a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in a notation that only means something on this machine. */
  readonly startedAt: string;
}

/** Identifies a running process; undefined when there is none, or only its unreaped remains. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  const startedAt = hasProc ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
};

/** Whether exactly this process still runs. */
export const isAlive = ({ pid, startedAt }: ProcessIdentity): boolean =>
  identify(pid)?.startedAt === startedAt;

/**
 * The processes that were started with all of these arguments.
 *
 * It finds processes whose number was never written down because we died just after starting them.
 * Without /proc it finds none.
 */
export const startedWith = (args: readonly string[]): readonly ProcessIdentity[] => {
  if (!hasProc) return [];
  const isOne = (pid: string): boolean => {
    const actual = argumentsOf(pid);
    return args.every((arg) => actual.includes(arg));
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOne(name))
    .map((name) => identify(Number(name)))
    .filter((identity) => identity !== undefined);
};

/** Sends a signal to a process and its group; a process that is gone is no error. */
export const signal = (identity: ProcessIdentity, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (!isAlive(identity)) return;
  if (!sent(-identity.pid, name)) sent(identity.pid, name);
};

const sent = (target: number, name: 'SIGTERM' | 'SIGKILL'): boolean => {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
};

const hasProc = process.platform === 'linux';

/** Field 22 of proc_pid_stat(5), unless field 3 says zombie or dead; field 2 may hold anything. */
const startFromProc = (pid: number): string | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === '' || state === 'Z' || state === 'X' ? undefined : fields[18];
};

const startFromPs = (pid: number): string | undefined => {
  try {
    const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, state = 'Z', started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(output) ?? [];
    return state.startsWith('Z') ? undefined : started;
  } catch {
    return undefined;
  }
};

const argumentsOf = (pid: string): readonly string[] => read(`/proc/${pid}/cmdline`).split('\0');

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
