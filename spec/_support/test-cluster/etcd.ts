import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { freePort } from '../process/free-port.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { testBinary } from './test-binaries.ts';

/** What the API server stores everything in. */
export interface Etcd extends ServerProcess {
  readonly url: string;
  /** Forgets the history: reading an older revision fails then. */
  readonly compact: () => Promise<void>;
  /** Copies what is stored now; gives the folder of the copy. */
  readonly backUp: () => Promise<string>;
  /** Replaces what is stored by a backup; it must not run. */
  readonly restore: (backup: string) => Promise<void>;
}

/** An etcd of one member without authentication on the loopback device, not started yet. */
export const etcd = async (folder: string, changed: () => void): Promise<Etcd> => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  const data = join(folder, 'etcd');
  const server = serverProcess({
    name: 'etcd',
    program: await testBinary('etcd'),
    args: [
      `--data-dir=${data}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // The data of a test need not survive the machine.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    logFile: join(folder, 'etcd.log'),
    isReady: async () => (await fetch(`${url}/health`)).ok,
    changed,
  });
  let backups = 0;
  return {
    ...server,
    url,
    compact: async () => {
      const { header } = (await call(url, 'kv/range', { key: 'AA==' })) as Answer;
      await call(url, 'kv/compaction', { revision: header.revision, physical: true });
    },
    backUp: async () => {
      const copy = join(folder, `backup-${(backups += 1)}`);
      server.pause();
      try {
        await cp(data, copy, { recursive: true });
      } finally {
        server.resume();
      }
      return copy;
    },
    restore: async (backup) => {
      if (server.pid() !== undefined) throw new Error('expected etcd not to run');
      await rm(data, { recursive: true });
      await cp(backup, data, { recursive: true });
    },
  };
};

interface Answer {
  readonly header: { readonly revision: string };
}

/** Calls etcd through its JSON gateway. */
const call = async (url: string, method: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${url}/v3/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`etcd ${method}: ${response.status} ${await response.text()}`);
  return await response.json();
};
