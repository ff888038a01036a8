import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';
import { parse, stringify } from 'yaml';

import { chartObjects, only } from '../_support/api-server/chart.ts';
import { promtool } from '../_support/monitoring/promtool.ts';
import { unknownSeries } from '../_support/monitoring/series.ts';
import { tempDir } from '../_support/process/temp-dir.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

const rulesOf = async (...options: readonly string[]): Promise<Rules> => {
  const objects = await chartObjects('gate', '--set', 'prometheusRule.create=true', ...options);
  return (only(objects, 'PrometheusRule') as unknown as { readonly spec: Rules }).spec;
};

const alertsOf = ({ groups }: Rules): readonly Rule[] => groups.flatMap(({ rules }) => rules);

test('promtool agrees with the rules, and each alert comes and goes when it should', async (t) => {
  const folder = await tempDir(t);
  const rules = await rulesOf();
  writeFileSync(join(folder, 'rules.yaml'), stringify(rules));
  const tried = 'spec/k8s/alerts/alerts.test.yaml';
  copyFileSync(tried, join(folder, 'alerts.test.yaml'));

  const checked = await promtool(['check', 'rules', '--lint=all', join(folder, 'rules.yaml')]);
  t.is(checked.code, 0, checked.said);
  const { code, said } = await promtool(['test', 'rules', join(folder, 'alerts.test.yaml')]);
  t.is(code, 0, said);

  const { tests } = parse(readFileSync(tried, 'utf8')) as {
    readonly tests: readonly {
      readonly alert_rule_test: readonly { alertname: string; exp_alerts?: readonly unknown[] }[];
    }[];
  };
  const all = tests.flatMap(({ alert_rule_test: expected }) => expected);
  const shown = (isThere: boolean): readonly string[] => [
    ...new Set(
      all
        .filter(({ exp_alerts }) => (exp_alerts !== undefined) === isThere)
        .map(({ alertname }) => alertname),
    ),
  ];
  const names = alertsOf(rules).map(({ alert }) => alert);
  t.deepEqual([shown(true), shown(false)], [names, names]);
});

test('alerts are about series that there are', async (t) => {
  for (const { alert, expr } of alertsOf(await rulesOf()))
    t.deepEqual(await unknownSeries(expr), [], alert);
});

test('who does not use the ServiceMonitor says which series are meant', async (t) => {
  const rules = await rulesOf('--set-literal', 'prometheusRule.selector=app="gate"');

  for (const { alert, expr } of alertsOf(rules)) {
    t.regex(expr, /app="gate"/, alert);
    t.notRegex(expr, /job=|namespace="/, alert);
  }
});

test('the limits of alerts are values', async (t) => {
  const rules = await rulesOf(
    ...[
      '--set',
      'prometheusRule.certificateDays=30',
      '--set',
      'prometheusRule.serverErrorPercent=50',
      '--set',
      'prometheusRule.revocationsHours=3',
    ],
  );
  const exprOf = (name: string) => alertsOf(rules).find(({ alert }) => alert === name)?.expr ?? '';

  t.regex(exprOf('HeadgateCertificateExpiring'), /\/ 86400 < 30 > 0$/);
  t.regex(exprOf('HeadgateRevocationsExpiring'), /\/ 3600 < 3 > 0$/);
  t.regex(exprOf('HeadgateServerErrors'), /> 0\.5$/);
});

test('every alert says what it means in the docs', (t) => {
  const page = readFileSync('docs/monitoring.md', 'utf8');
  const template = readFileSync('k8s/chart/templates/prometheus-rule.yaml', 'utf8');
  const named = [...template.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const told = [...page.matchAll(/^### (Headgate\w+)$/gm)].map(([, name]) => name);
  t.deepEqual(told, named);
});
