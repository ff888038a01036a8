import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';
import { stringify } from 'yaml';

import { dashboard } from '../../build/dashboard/dashboard.ts';
import { chartObjects, only } from '../_support/api-server/chart.ts';
import { promtool } from '../_support/monitoring/promtool.ts';
import { unknownSeries } from '../_support/monitoring/series.ts';
import { tempDir } from '../_support/process/temp-dir.ts';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

const { panels, templating } = dashboard() as Dashboard;

const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);

test('every query is about series that there are', async (t) => {
  t.true(queries.length > 30);
  for (const { title, expr } of queries) t.deepEqual(await unknownSeries(expr), [], title);
});

test('a line is named after labels that its query keeps', (t) => {
  for (const { title, expr, legendFormat } of queries) {
    const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? ['pod'];
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
      t.true(kept.includes(label), `${title}: ${label}`);
  }
});

test('promtool can read every query, with what Grafana puts into it', async (t) => {
  const names = templating.list.map(({ name }) => name);
  const shown = queries.map(({ expr }, i) => ({
    record: `query:${i}`,
    expr: expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$(\w+)/g, (_, name: string) => {
      t.true(names.includes(name), name);
      return '.*';
    }),
  }));
  const file = join(await tempDir(t), 'queries.yaml');
  writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules: shown }] }));
  const { code, said } = await promtool(['check', 'rules', '--lint=all', file]);
  t.is(code, 0, said);
});

test('panels have numbers of their own, and none lies on another', (t) => {
  t.is(new Set(panels.map(({ id }) => id)).size, panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  );
  t.is(new Set(cells).size, cells.length);
  t.true(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
});

test('the sidecar of Grafana finds the dashboard by its label', async (t) => {
  const set = ['--set', 'grafanaDashboard.create=true'];
  const map = only(await chartObjects('gate', ...set), 'ConfigMap') as unknown as {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
    readonly data: Readonly<Record<string, string>>;
  };

  t.is(map.metadata.name, 'headgate-dashboard');
  t.is(map.metadata.labels['grafana_dashboard'], '1');
  t.deepEqual(JSON.parse(map.data['headgate.json'] ?? ''), dashboard());
});

test('without being asked for there is neither a dashboard nor an alert', async (t) => {
  const kinds = (await chartObjects('gate')).map(({ kind }) => kind);
  t.false(kinds.includes('ConfigMap') || kinds.includes('PrometheusRule'));
});
