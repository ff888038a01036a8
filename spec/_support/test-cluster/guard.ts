import { spawn } from 'node:child_process';

/** Ends processes when this one ends, for whatever reason. */
export interface Guard {
  /** Replaces the processes to end. */
  readonly watch: (pids: readonly number[]) => void;
  /** Ends them now. */
  readonly end: () => Promise<void>;
}

/**
 * Watches over the processes of a test cluster, which are no Node programs and would outlive a test
 * run that is killed; then it removes their folder as well.
 *
 * A shell reads from a pipe that breaks when this process ends; the last line it read names the
 * processes.
 */
export const startGuard = (folder: string): Guard => {
  const child = spawn('sh', ['-c', program, 'guard', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  child.stdin.on('error', () => undefined);
  return {
    watch: (pids) => void child.stdin.write(`${pids.join(' ')}\n`),
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

/** Ctrl-C sends SIGINT to the shell too, but the shell must wait until this process ends. */
const program = `
trap '' INT TERM HUP
while read -r line; do pids=$line; done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null
rm -rf "$1" || { sleep 1; rm -rf "$1"; }
`;
