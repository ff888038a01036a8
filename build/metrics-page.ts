import { envoySeries } from '../src/edge/admin/envoy-series.ts';
import { eventTypes, metricTable } from '../src/edge/admin/metric-table.ts';
import { TypeUrl } from '../src/xds/type-url.ts';

/** The reference page of all metrics, as Markdown. */
export const metricsPage = (): string =>
  [
    '# Metrics',
    '',
    'The admin server answers `/metrics` in the text format of Prometheus: the metrics of Headgate, the',
    'default metrics of Node.js processes (`process_…`, `nodejs_…`), and those of the Envoy beside it.',
    '',
    '## Of Headgate',
    '',
    ...table(Object.values(metricTable)),
    '',
    `\`type\` is the type of resources: ${Object.keys(TypeUrl).map(code).join(', ')}. \`envoy\` is \`local\` for the`,
    'Envoys of this machine, `remote` for those that connect over mTLS. The type of an event is its own:',
    '',
    ...Object.entries(eventTypes).map(([type, meaning]) => `- ${code(type)}: ${meaning}`),
    '',
    'Counters are there at 0 from the start, with every value of their labels that is known then.',
    '',
    '## Of Envoy',
    '',
    'The names, types and labels are those that every Envoy gives them. `/metrics?envoy=all` shows all that',
    'Envoy keeps in place of these. Series of a cluster begin with its first request, because Envoy goes through',
    'all of them when it is asked: 10,000 clusters without requests take 4 ms of its main thread. With',
    '`--envoy-stats all` Envoy keeps what it would without us, `membership_…`, `circuit_breakers_…` and',
    '`update_…` among them; then they take 2 s, for all series. With `--envoy-stats none` there are no',
    'series of Envoy here. What is missing when Envoy does not answer is said by `headgate_envoy_scrape_success`.',
    '',
    ...table(envoySeries),
    '',
  ].join('\n');

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

const table = (metrics: readonly Metric[]): readonly string[] => [
  '| name | type | labels | meaning |',
  '|---|---|---|---|',
  ...metrics.map(
    ({ name, type, labels, help }) =>
      `| ${code(name)} | ${type} | ${labels.map(code).join(', ')} | ${help} |`,
  ),
];

const code = (text: string): string => `\`${text}\``;
