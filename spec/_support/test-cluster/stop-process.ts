import { readdirSync, readFileSync } from 'node:fs';

const patience = 60_000;

/**
 * Stops a process with SIGSTOP, and comes back when none of its threads does anything any more.
 *
 * The signal alone does not say so: until one thread has taken it the others go on, and on a busy
 * machine that is long enough for an answer.
 */
export const stopProcess = (pid: number): void => {
  process.kill(pid, 'SIGSTOP');
  const end = performance.now() + patience;
  while (!threadsOf(pid).every(isStopped))
    if (performance.now() > end) throw new Error(`process ${pid} does not stop`);
};

/** What the kernel says of each thread: number, name in brackets, state, and more. */
const threadsOf = (pid: number): readonly string[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'),
  );

const isStopped = (stat: string): boolean => stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
