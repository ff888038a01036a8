import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Headgate } from '../_support/process/headgate-process.ts';

/** Asks for the health of a control plane all the time; `stop` says how long the answers took. */
export interface HealthWatch {
  readonly stop: () => Promise<readonly number[]>;
}

/** Watches from the moment at which the admin server listens, in a process of its own. */
export const watchHealth = (headgate: Headgate): HealthWatch => {
  const asking = started(headgate);
  return {
    stop: async () => {
      const child = await asking;
      const answer = once(child, 'message');
      child.send('stop');
      const times: unknown = (await answer)[0];
      return times as readonly number[];
    },
  };
};

const started = async ({ lines, exit }: Headgate): Promise<ChildProcess> => {
  let over = false;
  const noted = async (): Promise<void> => {
    await exit();
    over = true;
  };
  void noted();
  for (;;) {
    const [, port] = /health checks and metrics on \S+:(\d+)/.exec(lines.join('\n')) ?? [];
    if (port !== undefined) return fork(join(import.meta.dirname, 'ask-for-health.ts'), [port]);
    if (over) throw new Error(`headgate ended:\n${lines.join('\n')}`);
    await setTimeout(2);
  }
};
