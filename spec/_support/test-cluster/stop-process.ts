import { readdirSync, readFileSync } from 'node:fs';

const patience = 60_000;

/**
 * Stops a process with SIGSTOP, and returns when all its threads have stopped.
 *
 * The signal alone is not enough: until one thread has received it, all go on, and on a busy
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
