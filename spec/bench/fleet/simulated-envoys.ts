import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Envoys in a process of their own: real HTTP/2 and gRPC, and next to no work of their own. */
export interface SimulatedEnvoys {
  /** Lets so many connect, each on a connection of its own, and say all of `requests` at once. */
  readonly connect: (count: number, requests: readonly Buffer[]) => Promise<void>;
  /** What they have been sent since they were asked last. */
  readonly received: () => Promise<Counts>;
  /** Ends their connections. */
  readonly leave: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** What all of them together have been sent. */
export interface Counts {
  readonly responses: number;
  readonly resources: number;
  readonly bytes: number;
}

/** What the process is told, and what it answers. */
export type Order =
  | { readonly _tag: 'Connect'; readonly count: number; readonly requests: readonly Buffer[] }
  | { readonly _tag: 'Count' }
  | { readonly _tag: 'Leave' };

/** Starts the process. */
export const simulatedEnvoys = async (target: string): Promise<SimulatedEnvoys> => {
  const child = fork(join(import.meta.dirname, 'simulated-envoy.ts'), [target], {
    serialization: 'advanced',
    stdio: 'inherit',
    execArgv: [],
  });
  const ask = async (order: Order): Promise<Counts> => {
    const answered = once(child, 'message');
    child.send(order);
    const [counts] = (await answered) as [Counts];
    return counts;
  };
  await once(child, 'message');
  return {
    connect: async (count, requests) => {
      await ask({ _tag: 'Connect', count, requests });
    },
    received: () => ask({ _tag: 'Count' }),
    leave: async () => {
      await ask({ _tag: 'Leave' });
    },
    end: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
};
