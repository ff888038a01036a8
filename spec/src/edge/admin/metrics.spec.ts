import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';

import * as collection from '../../../../src/collection/collection.ts';
import { metricsPage } from '../../../../src/edge/admin/metric-table.ts';
import { metrics } from '../../../../src/edge/admin/metrics.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { promtool } from '../../../_support/monitoring/promtool.ts';

const of = (...names: readonly string[]) =>
  collection.from(names.map((name) => [name, true] as const));

/** The lines that tell something: neither comments nor what is still zero. */
const measured = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith('headgate_') && !line.endsWith(' 0'));

test('all names, before anything has happened', async (t) => {
  const text = await metrics({ ofProcess: false }).render();
  t.deepEqual(
    [...text.matchAll(/^# TYPE (\S+ \S+)$/gm)].map(([, name]) => name),
    [
      'headgate_events_total counter',
      'headgate_batch_events histogram',
      'headgate_translation_seconds histogram',
      'headgate_snapshot_resources gauge',
      'headgate_problems gauge',
      'headgate_pushes_total counter',
      'headgate_pushed_bytes_total counter',
      'headgate_pushed_resources_total counter',
      'headgate_acks_total counter',
      'headgate_nacks_total counter',
      'headgate_streams gauge',
      'headgate_failed_streams_total counter',
      'headgate_propagation_seconds histogram',
      'headgate_envoy_restarts_total counter',
      'headgate_envoy_up gauge',
      'headgate_status_writes_total counter',
      'headgate_status_pending gauge',
      'headgate_leader gauge',
      'headgate_ads_certificate_expiry_timestamp_seconds gauge',
      'headgate_ads_refused_connections_total counter',
    ],
  );
});

test('counts what is pushed, accepted and refused by type', async (t) => {
  const recorder = metrics({ ofProcess: false });
  recorder.event('Mapping', 'Applied');
  recorder.pushed(TypeUrl.Cluster, 100, 2);
  recorder.pushed(TypeUrl.Cluster, 20, 1);
  recorder.acked(TypeUrl.Cluster);
  recorder.nacked(TypeUrl.Routes, 'edge-1');
  recorder.envoyUp(true);
  recorder.envoyRestarted();
  recorder.streams(2);

  t.deepEqual(measured(await recorder.render()), [
    'headgate_events_total{kind="Mapping",type="Applied"} 1',
    'headgate_pushes_total{type="Cluster"} 2',
    'headgate_pushed_bytes_total{type="Cluster"} 120',
    'headgate_pushed_resources_total{type="Cluster"} 3',
    'headgate_acks_total{type="Cluster"} 1',
    'headgate_nacks_total{type="Routes",node="edge-1"} 1',
    'headgate_streams 2',
    'headgate_envoy_restarts_total 1',
    'headgate_envoy_up 1',
  ]);
});

test('shows the resources and the problems there are now, and none that are gone', async (t) => {
  const recorder = metrics({ ofProcess: false });
  const unreadable = { _tag: 'UnreadableFile', file: 'a.yaml', reason: 'no' } as const;
  const unknown = { _tag: 'UnknownField', object: 'Mapping a/b', field: 'spec.x' } as const;
  recorder.problems([unreadable, unreadable, { ...unknown, object: 'Mapping/a/b' as never }]);
  recorder.problems([unreadable]);
  recorder.snapshot({
    [TypeUrl.Cluster]: of('a', 'b'),
    [TypeUrl.Endpoints]: of(),
    [TypeUrl.Secret]: of(),
    [TypeUrl.Listener]: of('web'),
    [TypeUrl.Routes]: of(),
    [TypeUrl.ScopedRoutes]: of(),
    [TypeUrl.Extension]: of(),
  });

  t.deepEqual(measured(await recorder.render()), [
    'headgate_snapshot_resources{type="Cluster"} 2',
    'headgate_snapshot_resources{type="Listener"} 1',
    'headgate_problems{problem="UnreadableFile"} 1',
  ]);
});

test('measures how long a change takes, until it is written and until it is accepted', async (t) => {
  const recorder = metrics({ ofProcess: false });
  recorder.propagated('written', 0.003);
  recorder.propagated('acked', 0.2);

  const lines = measured(await recorder.render());
  t.true(lines.includes('headgate_propagation_seconds_bucket{le="0.005",until="written"} 1'));
  t.true(lines.includes('headgate_propagation_seconds_sum{until="acked"} 0.2'));
});

test('tells about the process when asked to', async (t) => {
  t.regex(await metrics({ ofProcess: true }).render(), /^process_resident_memory_bytes \d+$/m);
});

test('the reference page is up to date', (t) => {
  const page = join(import.meta.dirname, '../../../../docs/reference/metrics.md');
  t.is(readFileSync(page, 'utf8'), metricsPage());
});

test('clients that choose many names make few series', async (t) => {
  const recorder = metrics({ ofProcess: false });
  for (let i = 0; i < 60; i += 1) recorder.nacked(TypeUrl.Routes, `node-${i}`);
  const lines = measured(await recorder.render());
  t.is(lines.length, 51);
  t.true(lines.includes('headgate_nacks_total{type="Routes",node="others"} 10'));
});

test('names, types and help texts are as Prometheus wants them', async (t) => {
  const text = await metrics({ ofProcess: false }).render();
  t.deepEqual(await promtool(['check', 'metrics', '--lint=all'], text), { code: 0, said: '' });
});
