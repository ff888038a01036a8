import test from 'ava';

import * as collection from '../../../../src/collection/collection.ts';
import { metricTable } from '../../../../src/edge/admin/metric-table.ts';
import { metrics } from '../../../../src/edge/admin/metrics.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { promtool } from '../../../_support/monitoring/promtool.ts';

const of = (...names: readonly string[]) =>
  collection.from(names.map((name) => [name, true] as const));

/** The lines that tell something: neither comments nor what is still zero. */
const measured = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /^headgate_(?!build_info)/.test(line) && !line.endsWith(' 0'));

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
      'headgate_backends_unavailable gauge',
      'headgate_ads_certificate_expiry_timestamp_seconds gauge',
      'headgate_ads_refused_connections_total counter',
      'headgate_source_connected gauge',
      'headgate_consul_services gauge',
      'headgate_build_info gauge',
      'headgate_configuration_published_timestamp_seconds gauge',
      'headgate_configuration_applied_timestamp_seconds gauge',
      'headgate_envoys_in_sync gauge',
      'headgate_envoy_behind_snapshots gauge',
      'headgate_envoy_behind_seconds gauge',
      'headgate_clusters_without_endpoints gauge',
      'headgate_certificates gauge',
      'headgate_certificate_expiry_timestamp_seconds gauge',
      'headgate_revocations_expiry_timestamp_seconds gauge',
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
    [TypeUrl.Runtime]: of(),
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
    'headgate_problems{severity="breaks",problem="UnreadableFile"} 1',
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

test('how things stand is asked at each scrape, and what is gone is not shown', async (t) => {
  const recorder = metrics({ ofProcess: false, version: '1.2.3' });
  const secret = 'shop/cert';
  const local = { inSync: 1, behind: { snapshots: 0, milliseconds: 0 }, appliedAt: 2000 };
  const remote = { inSync: 0, behind: { snapshots: 3, milliseconds: 1500 } };
  const rest = { envoys: { local, remote }, clustersWithoutEndpoints: 2, certificates: 1 };
  const first = { hostname: 'a.example', secret, at: 9000 };
  const told = [
    {
      ...rest,
      publishedAt: 1000,
      expiries: [first],
      revocations: [{ secret: 'shop/crl', at: 4000 }],
    },
    { ...rest, expiries: [{ hostname: '*', secret, at: 9500 }], revocations: [] },
  ];
  recorder.standing(() =>
    Promise.resolve(told.shift() ?? { ...rest, expiries: [], revocations: [] }),
  );

  t.deepEqual(measured(await recorder.render()), [
    'headgate_configuration_published_timestamp_seconds 1',
    'headgate_configuration_applied_timestamp_seconds{envoy="local"} 2',
    'headgate_envoys_in_sync{envoy="local"} 1',
    'headgate_envoy_behind_snapshots{envoy="remote"} 3',
    'headgate_envoy_behind_seconds{envoy="remote"} 1.5',
    'headgate_clusters_without_endpoints 2',
    'headgate_certificates 1',
    'headgate_certificate_expiry_timestamp_seconds{hostname="a.example",secret="shop/cert"} 9',
    'headgate_revocations_expiry_timestamp_seconds{secret="shop/crl"} 4',
  ]);
  const next = await recorder.render();
  t.regex(next, /_expiry_timestamp_seconds\{hostname="\*",secret="shop\/cert"\} 9.5$/m);
  t.notRegex(next, /a\.example|shop\/crl/);
  t.regex(next, /^headgate_build_info\{version="1\.2\.3"\} 1$/m);
});

test('tells about the process when asked to', async (t) => {
  t.regex(await metrics({ ofProcess: true }).render(), /^process_resident_memory_bytes \d+$/m);
});

test('every counter is there at 0 before anything has happened', async (t) => {
  const text = await metrics({ ofProcess: false, ownNode: 'own' }).render();
  for (const { name, type } of Object.values(metricTable))
    if (type === 'counter') t.regex(text, new RegExp(`^${name}(\\{.*\\})? 0$`, 'm'));
  for (const line of [
    'headgate_events_total{kind="Mapping",type="Deleted"} 0',
    'headgate_events_total{kind="",type="Verdict"} 0',
    'headgate_nacks_total{type="Listener",node="own"} 0',
    'headgate_status_writes_total{result="Failed"} 0',
    'headgate_propagation_seconds_count{until="acked"} 0',
  ])
    t.true(text.split('\n').includes(line), line);
});

test('the metrics of the process are named as Prometheus wants them, too', async (t) => {
  const text = await metrics({ ofProcess: true }).render();
  t.deepEqual(await promtool(['check', 'metrics'], text), { code: 0, said: '' });
});

test('clients that choose many names make few series', async (t) => {
  const recorder = metrics({ ofProcess: false });
  for (let i = 0; i < 60; i += 1) recorder.nacked(TypeUrl.Routes, `node-${i}`);
  const lines = measured(await recorder.render());
  t.is(lines.length, 51);
  t.true(lines.includes('headgate_nacks_total{type="Routes",node="others"} 10'));
});

/** A sample of each metric; of one without any, promtool says nothing. */
const samples = Object.values(metricTable).flatMap(({ name, type, help, labels }) => {
  const shown = labels.map((label) => `${label}="x"`).join();
  const lines =
    type === 'histogram'
      ? [
          `${name}_bucket{${[shown, 'le="+Inf"'].filter(Boolean).join()}} 0`,
          `${name}_sum{${shown}} 0`,
          `${name}_count{${shown}} 0`,
        ]
      : [`${name}{${shown}} 0`];
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''];
});

test('names, types and help texts are as Prometheus wants them', async (t) => {
  t.deepEqual(await promtool(['check', 'metrics', '--lint=all'], samples.join('\n')), {
    code: 0,
    said: '',
  });
});
