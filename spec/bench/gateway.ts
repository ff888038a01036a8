import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { ask, type Answer, type Question } from '../_support/envoy/ask.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, startHeadgate, type Headgate } from '../_support/process/headgate-process.ts';
import type { Manifest } from '../_support/world/builders.ts';
import { startStubApi, type StubApi } from './stub-api.ts';

/** `headgate run` in a process of its own, on a cluster that only exists for it. */
export interface Gateway {
  readonly api: StubApi;
  readonly headgate: Headgate;
  /** Of the Listener. */
  readonly port: number;
  /** The number of Envoy's process; 0 without an Envoy. */
  readonly envoyPid: number;
  /** Asks at the Listener's port over a connection that is kept open. */
  readonly ask: (question: Omit<Question, 'port' | 'agent'>) => Promise<Answer>;
  /** Waits until Envoy has answered everything that was published. */
  readonly settled: () => Promise<void>;
}

/** What a gateway is started with. */
export interface GatewayOptions {
  /** The objects there are from the beginning. */
  readonly objects: (port: number) => readonly Manifest[];
  readonly envoy?: false;
  /** More options of `headgate run`. */
  readonly flags?: readonly string[];
  /** Called when `headgate run` has just been started. */
  readonly starting?: (starting: Starting) => void;
}

/** A control plane that has just been started, and the port at which its Envoy will listen. */
export interface Starting {
  readonly headgate: Headgate;
  readonly port: number;
}

/** Starts a gateway, measures something of it, and ends it whatever happens. */
export const withGateway = async <A>(
  options: GatewayOptions,
  measure: (gateway: Gateway) => Promise<A>,
): Promise<A> => {
  const ends: (() => unknown)[] = [];
  try {
    return await measure(await started(options, (end) => void ends.push(end)));
  } finally {
    for (const end of ends.toReversed()) await end();
  }
};

const started = async (
  { objects, envoy, flags: more = [], starting }: GatewayOptions,
  teardown: (end: () => unknown) => void,
): Promise<Gateway> => {
  const port = await freePort();
  const api = await startStubApi(objects(port));
  teardown(api.close);
  const place = aPlace({ teardown });
  const kubeconfig = join(place.manifests, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(api.url));
  const flags = ['--no-status', '--envoy-strict', '--drain-time', '0'];
  const headgate = startHeadgate(
    { teardown },
    { ...place, kubeconfig },
    [...flags, ...(envoy === false ? ['--no-envoy'] : []), ...more],
    undefined,
    ['--max-semi-space-size=32'], // as in the image
  );
  teardown(async () => await headgate.end('SIGTERM'));
  starting?.({ headgate, port });
  await until('headgate is ready', headgate, headgate.isReady);
  const settled = async (): Promise<void> => {
    if (envoy === false) return;
    await until('Envoy has everything', headgate, async () => {
      const streams = await headgate.streams();
      return streams.length > 0 && streams.every((stream) => stream.settled);
    });
  };
  await settled();
  const agent = new Agent({ keepAlive: true });
  teardown(() => agent.destroy());
  return {
    api,
    headgate,
    port,
    envoyPid: envoy === false ? 0 : place.envoy(),
    ask: async (question) => await ask({ ...question, port, agent }),
    settled,
  };
};

/** Waits for something of a control plane that may be busy for long. */
const until = async (
  what: string,
  headgate: Headgate,
  holds: () => Promise<boolean>,
): Promise<void> => {
  const end = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > end)
      throw new Error(`${what}: not within ${patienceMs} ms\n${headgate.lines.join('\n')}`);
    await setTimeout(20);
  }
};

const patienceMs = 300_000;

const kubeconfigFor = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
    clusters: [{ name: 'bench', cluster: { server } }],
    users: [{ name: 'bench', user: { token: 'bench' } }],
  });
