import test from 'ava';
import { Subject } from 'rxjs';

import { readiness, type ReadinessOptions } from '../../../../src/cli/serve/readiness.ts';
import type { StreamStanding } from '../../../../src/edge/ads/stream-report.ts';
import { aListener, aSnapshot } from '../../../_support/xds/xds-world.ts';

const nothing = { snapshot: aSnapshot(1, {}), convicted: [] };
const something = { snapshot: aSnapshot(1, { listeners: [aListener('l')] }), convicted: [] };

const anEnvoy = (standing: Partial<StreamStanding> = {}): StreamStanding => ({
  ...{ stream: 1, peer: 'unix', node: 'own', seq: 1, settled: true, listeners: 1 },
  ...standing,
});

/** Readiness with streams that can be changed. */
const aReadiness = (options: Partial<ReadinessOptions> = {}) => {
  let streams: readonly StreamStanding[] = [];
  const server = {
    standings: () => streams,
    telemetry$: new Subject<never>(),
    envoys$: new Subject<never>(),
  };
  return {
    ...readiness({ server, hasOwnEnvoy: true, ...options }),
    connect: (...now: readonly StreamStanding[]) => (streams = now),
  };
};

test('not ready before everything has been read, and says what is missing', (t) => {
  const { notReady } = aReadiness({ waitingFor: () => 'Mapping, Secret' });
  t.is(notReady(), 'the configuration has not been read completely: waiting for Mapping, Secret');
  t.is(aReadiness().notReady(), 'the configuration has not been read completely');
});

test('ready with an Envoy that an earlier control plane has configured, also before anything is read', (t) => {
  const { notReady, published, connect } = aReadiness({ waitingFor: () => 'Mapping' });
  connect(anEnvoy({ seq: 0, settled: false, listeners: 0 }));
  t.regex(notReady() ?? '', /waiting for Mapping/);
  connect(anEnvoy({ seq: 0, settled: false }));
  t.is(notReady(), undefined);
  published(something);
  t.is(notReady(), undefined);
  const remote = aReadiness({ hasOwnEnvoy: false });
  remote.connect(anEnvoy({ seq: 0, settled: false }));
  t.regex(remote.notReady() ?? '', /not been read completely/);
});

test('not ready before Envoy has answered the whole of a snapshot, ready from then on', (t) => {
  const { notReady, published, connect } = aReadiness();
  published(something);
  t.is(notReady(), 'no Envoy is connected');
  connect(anEnvoy({ seq: 0, listeners: 0 }));
  t.is(notReady(), 'Envoy has not answered the whole configuration');
  connect(anEnvoy({ settled: false }));
  t.is(notReady(), 'Envoy has not answered the whole configuration');
  connect(anEnvoy());
  t.is(notReady(), undefined);
  connect(anEnvoy({ settled: false, seq: 2 }));
  t.is(notReady(), undefined, 'a change that is under way');
});

test('not ready while Envoy is gone, or has none of the listeners there should be', (t) => {
  const { notReady, published, connect } = aReadiness();
  published(something);
  connect(anEnvoy());
  t.is(notReady(), undefined);
  connect();
  t.is(notReady(), 'no Envoy is connected');
  connect(anEnvoy({ stream: 2, settled: false }));
  t.is(notReady(), 'Envoy has not answered the whole configuration');
  connect(anEnvoy({ stream: 2, listeners: 0 }));
  t.is(notReady(), 'Envoy has not accepted its listeners');
});

test('an Envoy that has just started is given time to bind every listener', (t) => {
  const { notReady, published, connect } = aReadiness();
  const unbound = (attempts: number) => ({ unbound: { names: ['listener-80'], attempts } });
  published(something);
  for (const attempts of [1, 2, 5]) {
    connect(anEnvoy(unbound(attempts)));
    t.is(notReady(), 'Envoy cannot bind listener-80 yet');
  }
  connect(anEnvoy(unbound(6)));
  t.is(notReady(), undefined, 'after half a minute one port does not stop the others');
  connect(anEnvoy({ ...unbound(6), stream: 2, listeners: 0 }));
  t.is(notReady(), 'Envoy has not accepted its listeners');
  connect(anEnvoy({ ...unbound(1), stream: 3 }));
  t.is(notReady(), 'Envoy cannot bind listener-80 yet', 'the next Envoy is given time again');
  connect(anEnvoy({ stream: 3 }));
  t.is(notReady(), undefined);
  connect(anEnvoy({ ...unbound(1), stream: 3 }));
  t.is(notReady(), undefined, 'a listener that came later');
});

test('ready without a listener where none is wanted', (t) => {
  const { notReady, published, connect } = aReadiness();
  published(nothing);
  connect(anEnvoy({ listeners: 0 }));
  t.is(notReady(), undefined);
});

test('an Envoy elsewhere does not make our own one ready', (t) => {
  const { notReady, published, connect } = aReadiness();
  published(something);
  connect(anEnvoy({ client: 'edge-1' }));
  t.is(notReady(), 'no Envoy is connected');
});

test('a control plane for Envoys elsewhere is ready before any has found it', async (t) => {
  const { notReady, ready, published } = aReadiness({ hasOwnEnvoy: false });
  t.is(notReady(), 'the configuration has not been read completely');
  published(something);
  t.is(notReady(), undefined);
  await t.notThrowsAsync(ready);
});

test('not ready when stopping begins, whatever is served', (t) => {
  const { notReady, published, connect, stopping } = aReadiness();
  published(something);
  connect(anEnvoy());
  stopping();
  t.is(notReady(), 'stopping');
});
