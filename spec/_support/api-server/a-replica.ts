import type { ExecutionContext } from 'ava';
import { pino } from 'pino';
import { identity, ReplaySubject, Subject } from 'rxjs';

import {
  startStatusReporter,
  type StatusReporter,
  type StatusReporterOptions,
} from '../../../src/cli/serve/status-reporter.ts';
import type { AdsTelemetry } from '../../../src/edge/ads/ads-telemetry.ts';
import type { KubeClient } from '../../../src/edge/kube/kube-client.ts';
import { statusLedger } from '../../../src/edge/kube/status-ledger.ts';
import { objectRef } from '../../../src/ir/object-ref.ts';
import { decode } from '../../../src/kube/decode.ts';
import { isTold, kinds, kindTable } from '../../../src/kube/kind.ts';
import type { Decoded, KubeEvent } from '../../../src/kube/kube-event.ts';
import { ApiFault } from '../../../src/kube/reflect/api-fault.ts';
import { apiPath } from '../../../src/kube/reflect/api-path.ts';
import type { Published } from '../../../src/plane/published.ts';
import { datedCertificates } from '../../../streams/dated-certificates.ts';
import { pipeline } from '../../../streams/pipeline.ts';
import type { TestCluster } from '../test-cluster/test-cluster.ts';
import { aKubeClient } from './a-kube-client.ts';

/** A replica that reports status, with an Envoy that answers when it is told to. */
export interface Replica {
  readonly client: KubeClient;
  /** Reads everything in the namespace once more. */
  readonly sync: () => Promise<void>;
  /** Sets whether its Envoy answers what is published from now on; at first it does. */
  readonly envoyAnswers: (answers: boolean) => void;
  readonly reporter: StatusReporter;
  /** How many statuses were written, and how many writes failed. */
  readonly writes: () => number;
  readonly failures: () => number;
  /** What was logged, as messages. */
  readonly log: readonly string[];
}

/** No Pod runs in a test cluster; nothing is said of Services without endpoints where it is not asked for. */
const nothingOfBackends = { endpoints: Infinity };

/** What may be different. */
export interface ReplicaOptions extends Partial<StatusReporterOptions> {
  readonly kubeconfig?: string;
  /** What time it is for certificates; nobody looks at their dates, if absent. */
  readonly now?: () => number;
  /** Changes what is known of what was published. */
  readonly published?: (published: Published) => Published;
}

/** Starts one, on the objects of one namespace; it leads soon, if nobody else does. */
export const aReplica = async (
  t: ExecutionContext,
  cluster: TestCluster,
  namespace: string,
  options: ReplicaOptions = {},
): Promise<Replica> => {
  const client = aKubeClient(t, options.kubeconfig ?? cluster.kubeconfig);
  const reader = aKubeClient(t, cluster.kubeconfig);
  const ledger = statusLedger();
  const events = new Subject<readonly KubeEvent[]>();
  const telemetry = new Subject<AdsTelemetry>();
  const published = new ReplaySubject<Published>(1);
  const log: string[] = [];
  const counts = { Done: 0, Failed: 0 };
  let seq = 0;
  let isAnswering = true;
  const answer = (): void =>
    telemetry.next({ _tag: 'Answered', stream: 1, at: 0, seq, refused: [] });
  const translation = { ambassadorId: 'default', namespace };
  const subscription = events
    .pipe(
      options.now === undefined ? identity : datedCertificates(options.now),
      pipeline({ translation, holdoff: { quiet: 1, max: 5 } }),
    )
    .subscribe((one) => {
      ({ seq } = one.snapshot);
      published.next(options.published?.(one) ?? one);
      if (isAnswering) answer();
    });
  const reporter = startStatusReporter({
    client,
    namespace,
    identity: 'replica-1',
    ambassadorId: 'default',
    published$: published,
    telemetry$: telemetry,
    ledger,
    log: pino({ level: 'debug' }, { write: (line: string) => void log.push(messageOf(line)) }),
    metrics: {
      statusWritten: (result) => {
        counts[result] += 1;
      },
      statusPending: () => undefined,
      leads: () => undefined,
      backendsUnavailable: () => undefined,
    },
    ...options,
    times: { answer: 100, firstAnswer: 200, ...nothingOfBackends, ...options.times },
  });
  t.teardown(async () => {
    subscription.unsubscribe();
    await reporter.stop();
  });
  telemetry.next({ _tag: 'Opened', stream: 1, at: 0, peer: 'unix' });
  return {
    client,
    reporter,
    log,
    writes: () => counts.Done,
    failures: () => counts.Failed,
    envoyAnswers: (answers) => {
      isAnswering = answers;
      if (answers) answer();
    },
    sync: async () => {
      const listed: KubeEvent[] = [];
      for (const kind of kinds) {
        const items: Decoded[] = [];
        for (const raw of await list(reader, kind, namespace)) {
          const decoding = decode(raw);
          if (decoding._tag !== 'Decoded') continue;
          items.push(decoding.item);
          if (isTold(kind)) ledger.noted(objectRef(kind, decoding.item.key), raw);
        }
        listed.push({ _tag: 'Listed', kind, items });
      }
      events.next(listed);
    },
  };
};

type Raw = Readonly<Record<string, unknown>>;

/** All objects of a kind; none of one that is not installed. */
const list = async (
  client: KubeClient,
  kind: keyof typeof kindTable,
  namespace: string,
): Promise<readonly Raw[]> => {
  const path = apiPath(kindTable[kind], namespace);
  const answer = await client.request({ method: 'GET', path }).catch((error: unknown) => {
    if (error instanceof ApiFault && error.status === 404) return { items: [] };
    throw error;
  });
  const { items } = answer as { readonly items: readonly Raw[] };
  return items.map((item) => ({ apiVersion: kindTable[kind].apiVersion, kind, ...item }));
};

const messageOf = (line: string): string => (JSON.parse(line) as { msg: string }).msg;
