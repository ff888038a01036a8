import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';

import type { ExecutionContext } from 'ava';

import { debugPage, type DebugPage } from '../../../src/edge/admin/debug-server.ts';
import type { StreamReport } from '../../../src/edge/ads/stream-report.ts';
import { envoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';
import { debugSocketIn } from '../../../src/edge/file/state-folder.ts';
import { signal, startedWith } from '../../../src/edge/process/process-identity.ts';
import type { ProblemRecord } from '../../../src/problem/problem-record.ts';
import { eventually } from '../envoy/supervised-envoy.ts';
import { everythingRead } from '../world/read-mark.ts';

/** A folder of manifests and a state folder; whatever runs on them ends with the test. */
export const aPlace = (t: Pick<ExecutionContext, 'teardown'>) => {
  const path = mkdtempSync(join(tmpdir(), 'hg-'));
  const place = { manifests: join(path, 'manifests'), state: join(path, 'state') };
  mkdirSync(place.manifests);
  mkdirSync(place.state, { mode: 0o700 });
  t.teardown(() => {
    for (const identity of startedWith([join(place.state, 'bootstrap.json')]))
      signal(identity, 'SIGKILL');
    rmSync(path, { recursive: true, force: true });
  });
  return {
    ...place,
    /** The number of the Envoy that runs here; 0 when there is none. */
    envoy: (): number =>
      startedWith([join(place.state, 'bootstrap.json')]).map(({ pid }) => pid)[0] ?? 0,
    admin: envoyAdmin({ _tag: 'Unix', path: join(place.state, 'envoy-admin.sock') }, 60_000),
  };
};

/** Where something runs. */
export type Place = ReturnType<typeof aPlace>;

/** `headgate run` as a user starts it, on a folder or on a cluster; options after these replace them. */
export const startHeadgate = (
  t: Pick<ExecutionContext, 'teardown'>,
  place: Pick<Place, 'state'> & ({ readonly manifests: string } | { readonly kubeconfig: string }),
  more: readonly string[] = [],
  program = join(import.meta.dirname, '../../../bin/headgate.js'),
  node: readonly string[] = [],
) => {
  const child = spawn(
    process.execPath,
    [
      ...['--import', preload, ...node, program, 'run', '--state-dir', place.state],
      ...('kubeconfig' in place
        ? ['--kubeconfig', place.kubeconfig]
        : ['--config-dir', place.manifests]),
      ...['--admin-address', '127.0.0.1:0', '--envoy-concurrency', '1', '--drain-time', '1'],
      ...more,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const adminPort = (): string | undefined =>
    lines.join('\n').match(/health checks and metrics on 127\.0\.0\.1:(\d+)/)?.[1];
  const get = async (path: string): Promise<Response> =>
    await fetch(`http://127.0.0.1:${adminPort()}${path}`);
  const debug = async <Shown>(page: DebugPage): Promise<Shown> =>
    (await json(await debugPage(debugSocketIn(place.state), page))) as Shown;
  return {
    pid: child.pid ?? 0,
    lines: lines as readonly string[],
    /** A page of the admin server. */
    get,
    isReady: async (): Promise<boolean> =>
      adminPort() !== undefined &&
      (await get('/ambassador/v0/check_ready').then(
        ({ status }) => status === 200,
        () => false,
      )),
    /** A page of the debug server. */
    debug,
    problems: async () => await debug<readonly ProblemRecord[]>('problems'),
    streams: async () => await debug<readonly StreamReport[]>('streams'),
    /** The sum of a metric over the series that have this label. */
    metric: async (name: string, label = ''): Promise<number> =>
      sumOf(await (await get('/metrics')).text(), name, label),
    /** Sends a signal and waits for the end; gives the exit code. */
    end: async (name: NodeJS.Signals): Promise<number | null> => {
      const ended = hasEnded(child) ? undefined : once(child, 'exit');
      child.kill(name);
      await ended;
      return child.exitCode;
    },
    exit: async (): Promise<number | null> => {
      if (!hasEnded(child)) await once(child, 'exit');
      return child.exitCode;
    },
  };
};

const preload = new URL('./end-with-parent.ts', import.meta.url).href;

/** A running `headgate run`. */
export type Headgate = ReturnType<typeof startHeadgate>;

/** Waits until Envoy has answered everything that was published. */
export const settled = async (headgate: Headgate): Promise<void> => {
  let streams: readonly StreamReport[] = [];
  await eventually('Envoy has everything', async () => {
    streams = (await headgate.isReady()) ? await headgate.streams() : [];
    return streams.length > 0 && streams.every((stream) => stream.settled);
  }).catch((cause: unknown) => {
    throw new Error([...headgate.lines.slice(-30), JSON.stringify(streams)].join('\n'), { cause });
  });
};

/** Waits until everything written into the folder has been read and Envoy has it. */
export const caughtUp = async (headgate: Headgate, place: Place): Promise<void> => {
  await everythingRead(place.manifests, headgate.problems);
  await settled(headgate);
};

/** What a process uses now. */
export const usage = (pid: number): { readonly mebibytes: number; readonly files: number } => {
  const [, kibibytes = '0'] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    mebibytes: Math.round(Number(kibibytes) / 1024),
    files: readdirSync(`/proc/${pid}/fd`).length,
  };
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const sumOf = (text: string, name: string, label: string): number =>
  text
    .split('\n')
    .filter((line) => new RegExp(`^${name}(\\{|\\s)`).test(line) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
