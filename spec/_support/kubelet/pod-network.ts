import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { piped } from './piped.ts';

/** The network of a Pod, which ends with this process or when it is closed. */
export interface Sandbox {
  /** The address of the Pod. */
  readonly address: string;
  /** The number of a process that lives in it. */
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** The network of a node: makes one network for each Pod, with an address that no other Pod had. */
export interface PodNetwork {
  readonly sandbox: () => Promise<Sandbox>;
}

/** The address of the node in the network of its Pods. */
const gateway = '10.244.0.1';

/**
 * A bridge with `10.244.0.0/16` in the network of this process, which must be one of its own
 * (`ownNetwork`): every Pod can reach every other one and this machine.
 */
export const podNetwork = async (): Promise<PodNetwork> => {
  // With an address of its own: else that of the bridge changes with the Pods, and is looked for again.
  await piped(
    'ip',
    ['-batch', '-'],
    [
      `link add name ${bridge} address 02:00:0a:f4:00:01 type bridge`,
      `addr add ${gateway}/16 dev ${bridge}`,
      `link set ${bridge} up`,
    ],
  );
  let given = 1;
  return {
    sandbox: async () => {
      given += 1;
      const number = given;
      const address = `10.244.${number >> 8}.${number & 255}`;
      const { pid, close } = await namespace();
      try {
        await piped(
          'ip',
          ['-batch', '-'],
          [
            `link add pod${number} type veth peer name eth0 netns ${pid}`,
            `link set pod${number} master ${bridge} up`,
          ],
        );
        await piped(
          'nsenter',
          ['--net', `--target=${pid}`, 'ip', '-batch', '-'],
          [
            'link set lo up',
            `addr add ${address}/16 dev eth0`,
            'link set eth0 up',
            `route add default via ${gateway}`,
          ],
        );
      } catch (error) {
        await close();
        throw error;
      }
      return { address, pid, close };
    },
  };
};

const bridge = 'pods';

/** A network namespace lives as long as a process in it, and this one until its input ends. */
const namespace = async (): Promise<Pick<Sandbox, 'pid' | 'close'>> => {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => {
      throw new Error(`unshare, which makes the network of a Pod, ended with ${code}`);
    }),
  ]);
  if (child.pid === undefined) throw new Error('expected a process');
  return {
    pid: child.pid,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
