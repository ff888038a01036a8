import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { json } from 'node:stream/consumers';

import { debugPage, type DebugPage } from '../../../src/edge/admin/debug-server.ts';
import type { StreamReport } from '../../../src/edge/ads/stream-report.ts';
import { envoyAdmin, type EnvoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';
import type { ProblemRecord } from '../../../src/problem/problem-record.ts';
import {
  startControlPlaneProcess,
  type ControlPlaneProcess,
} from '../process/control-plane-process.ts';
import { freePort } from '../process/free-port.ts';
import { crowd } from '../world/crowd.ts';
import { replaceFile } from '../world/editor.ts';
import { everythingRead } from '../world/read-mark.ts';
import { ask, type Answer, type Question } from './ask.ts';
import { isWarm } from './is-warm.ts';
import { eventually } from './supervised-envoy.ts';

/** A control plane and a real Envoy on a folder of manifests of their own. */
export interface Gateway {
  /** Ports that Listeners may take; `http` and `https` are only names. */
  readonly ports: { readonly http: number; readonly https: number; readonly other: number };
  readonly envoy: EnvoyAdmin;
  readonly log: () => readonly string[];
  /** What Envoy wrote on standard output so far: its access log. */
  readonly output: () => Buffer;
  /** Writes a manifest file and waits until Envoy has what it means. */
  readonly apply: (file: string, manifests: string) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
  /** Asks over HTTP at port `http`, or over TLS at port `https` where `sni` says so. */
  readonly ask: (question?: Partial<Question>) => Promise<Answer>;
  /** The problems of one object (`Mapping default/a`) or file. */
  readonly problems: (culprit: string) => Promise<readonly ProblemRecord[]>;
  /** A page of the debug server. */
  readonly debug: <Page>(page: DebugPage) => Promise<Page>;
  /** The port of the admin server. */
  readonly adminPort: number;
  /** The responses written so far, by type: `Cluster`, `Endpoints`, `Listener`, … */
  readonly pushes: () => Promise<Readonly<Record<string, number>>>;
  readonly stop: () => Promise<void>;
}

/** Starts a gateway with these manifests; they may name its ports. The program can be another than ours. */
export const aGateway = async (
  manifests: (ports: Gateway['ports']) => string,
  flags: readonly string[] = [],
  program?: string,
): Promise<Gateway> => {
  const ports = { http: await freePort(), https: await freePort(), other: await freePort() };
  const running = await startControlPlaneProcess(flags, program);
  const gateway = over(running, ports);
  if (process.env['HEADGATE_CROWD'] !== undefined)
    writeFileSync(
      join(running.configDir, 'crowd.yaml'),
      crowd(Number(process.env['HEADGATE_CROWD'])),
    );
  await gateway.apply('base.yaml', manifests(ports));
  return gateway;
};

const over = (running: ControlPlaneProcess, ports: Gateway['ports']): Gateway => {
  const { configDir, adminPort, log, output, stop } = running;
  const envoy = envoyAdmin({ _tag: 'Unix', path: running.envoyAdmin }, 60_000);
  const debug = async <Page>(name: DebugPage): Promise<Page> =>
    (await json(await debugPage(running.debug, name))) as Page;
  const problems = async (culprit: string): Promise<readonly ProblemRecord[]> =>
    (await debug<readonly ProblemRecord[]>('problems')).filter(
      ({ object, place }) => culprit === (object ?? basename(place?.file ?? '')),
    );
  const settled = async (): Promise<void> => {
    await everythingRead(configDir, async () => await debug('problems'));
    await eventually('Envoy has the change', async () => await holdsAll(debug, envoy));
  };
  return {
    ports,
    envoy,
    log,
    output,
    apply: async (file, manifests) => {
      replaceFile(join(configDir, file), manifests);
      await settled();
    },
    remove: async (file) => {
      rmSync(join(configDir, file));
      await settled();
    },
    ask: async (question = {}) =>
      await ask({ port: question.sni === undefined ? ports.http : ports.https, ...question }),
    problems,
    debug,
    adminPort,
    pushes: async () => pushesIn((await ask({ port: adminPort, path: '/metrics' })).body),
    stop,
  };
};

type Debug = Gateway['debug'];

const holdsAll = async (debug: Debug, envoy: EnvoyAdmin): Promise<boolean> => {
  const { seq } = await debug<{ readonly seq: number }>('snapshot');
  const streams = await debug<readonly StreamReport[]>('streams');
  if (streams.length === 0 || streams.some((one) => !one.settled || one.seq < seq)) return false;
  return await isWarm(envoy);
};

const pushesIn = (metrics: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...metrics.matchAll(/^headgate_pushes_total\{type="(\w+)"\} (\d+)$/gm)].map(
      ([, type = '', count]) => [type, Number(count)],
    ),
  );
