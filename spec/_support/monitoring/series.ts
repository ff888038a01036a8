import { envoySeries } from '../../../src/edge/admin/envoy-series.ts';
import { metrics } from '../../../src/edge/admin/metrics.ts';
import { metricTable } from '../../../src/edge/admin/metric-table.ts';

/** The series and labels in an expression of PromQL that no scrape of Headgate brings. */
export const unknownSeries = async (expr: string): Promise<readonly string[]> => {
  const known = await knownSeries;
  const found = [...expr.matchAll(/([a-z]\w*)\{([^}]*)\}/g)].map(
    ([, name = '', matchers = '']) => ({
      name: known.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''),
      labels: [...matchers.matchAll(/(\w+)[=!]/g)].map(([, label = '']) => label),
    }),
  );
  const unknown = found.flatMap(({ name, labels }) =>
    known.has(name)
      ? labels
          .filter((label) => !hasLabel(known.get(name) ?? [], label))
          .map((label) => `${name}{${label}}`)
      : [name],
  );
  const all = found.flatMap(({ name }) => known.get(name) ?? []);
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = '']) => by.split(', '));
  return [...unknown, ...grouped.filter((label) => !hasLabel(all, label))];
};

const hasLabel = (labels: readonly string[], label: string): boolean =>
  labels.includes(label) || ofTargets.includes(label);

/** What Prometheus and its operator add to each series, and the bounds of histograms. */
const ofTargets: readonly string[] = ['job', 'namespace', 'pod', 'le'];

const ofProcess = async (): Promise<readonly string[]> =>
  [...(await metrics({ ofProcess: true }).render()).matchAll(/^# TYPE (\w+)/gm)].map(
    ([, name = '']) => name,
  );

/** The labels of each series. */
const knownSeries: Promise<ReadonlyMap<string, readonly string[]>> = ofProcess().then(
  (names) =>
    new Map<string, readonly string[]>([
      ['up', []],
      ...names.map((name) => [name, []] as const),
      ...Object.values(metricTable).map(({ name, labels }) => [name, labels] as const),
      ...envoySeries.map(({ name, labels }) => [name, labels] as const),
    ]),
);
