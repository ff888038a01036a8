import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { NEVER, Subject } from 'rxjs';

import { startStatusReporter } from '../../../../src/cli/serve/status-reporter.ts';
import { statusLedger } from '../../../../src/edge/kube/status-ledger.ts';
import type { PipelineEvent } from '../../../../src/journal/batch.ts';
import { pipeline } from '../../../../streams/pipeline.ts';
import { anApiServer } from '../../../_support/api-server/an-api-server.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { aMapping, listed } from '../../../_support/world/builders.ts';
import { versioned } from '../../../_support/world/status-world.ts';

/** A replica that does not lead, until whoever does gives the Lease back. */
const aFollower = async (t: ExecutionContext) => {
  let holder = 'another';
  const { client, asked } = await anApiServer(t, ({ method, path, body }) => {
    if (!path.includes('/leases/')) return { status: 200, body };
    const spec = method === 'GET' ? { holderIdentity: holder, leaseDurationSeconds: 60 } : {};
    return { status: 200, body: { metadata: { resourceVersion: '1' }, spec, ...body } };
  });
  const events = new Subject<readonly PipelineEvent[]>();
  const published$ = events.pipe(
    pipeline({
      translation: { ambassadorId: 'default', namespace: 'default' },
      holdoff: { quiet: 0, max: 0 },
    }),
  );
  const waiting: number[] = [];
  const reporter = startStatusReporter({
    ...{ client, namespace: 'default', identity: 'this', ambassadorId: 'default' },
    ...{ published$, telemetry$: NEVER, ledger: statusLedger(), log: pino({ level: 'silent' }) },
    metrics: {
      statusWritten: () => undefined,
      statusPending: (count) => void waiting.push(count),
      leads: () => undefined,
      backendsUnavailable: () => undefined,
    },
    times: { answer: 10, firstAnswer: 10, retry: 20 },
  });
  t.teardown(reporter.stop);
  return {
    waiting,
    written: () => asked.flatMap(({ method, path }) => (method === 'PATCH' ? [path] : [])),
    tries: () => asked.filter(({ path }) => path.includes('/leases/')).length,
    reads: (...names: readonly string[]) =>
      events.next(versioned(listed(names.map((name) => aMapping(`default/${name}`))), 1)),
    isGivenTheLease: () => {
      holder = '';
    },
  };
};

test('who does not lead remembers nothing of objects that are gone, and tells all others once it leads', async (t) => {
  const follower = await aFollower(t);
  follower.reads(...Array.from({ length: 50 }, (_, i) => `gone-${i}`));
  const before = follower.tries();
  await eventually('everything is overdue', () => follower.tries() > before + 2);
  follower.reads('left');
  t.deepEqual(follower.written(), []);

  follower.isGivenTheLease();
  await eventually('the owner is told', () => follower.written().length > 0);

  t.true(follower.written().every((path) => path.includes('/mappings/left/')));
  t.true(Math.max(...follower.waiting) <= 1, follower.waiting.join(' '));
});
