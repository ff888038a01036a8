import { dashboard } from './dashboard.ts';

/**
 * Draws the dashboard as a page, with what a Prometheus has seen within the last minutes, for docs/monitoring.md:
 *
 *     npx node build/dashboard/picture.ts http://127.0.0.1:9090 15 > page.html
 *
 * It is no Grafana: panels, their places and queries are those of the dashboard, the style is its own.
 */
const [server = 'http://127.0.0.1:9090', minutes = '15'] = process.argv.slice(2);

interface Panel {
  readonly type: 'row' | 'stat' | 'timeseries' | 'table';
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly fieldConfig?: { readonly defaults: { readonly unit: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Line {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}

const end = Math.floor(Date.now() / 1000);
const start = end - Number(minutes) * 60;
const step = Math.max(5, Math.round((end - start) / 180));

const asked = async (target: { readonly expr: string; readonly legendFormat: string }) => {
  const query = target.expr
    .replaceAll('$__rate_interval', '1m')
    .replaceAll(/\$(?:namespace|job|pod)/g, '.*');
  const url = new URL('/api/v1/query_range', server);
  url.search = String(
    new URLSearchParams({ query, start: `${start}`, end: `${end}`, step: `${step}` }),
  );
  const { data } = (await (await fetch(url)).json()) as {
    readonly data: {
      readonly result: readonly {
        readonly metric: Line['labels'];
        readonly values: readonly (readonly [number, string])[];
      }[];
    };
  };
  return data.result.map(({ metric, values }): Line => ({
    name: target.legendFormat.replaceAll(
      /\{\{(\w+)\}\}/g,
      (_, label: string) => metric[label] ?? '',
    ),
    labels: metric,
    points: values
      .map(([time, value]) => [time, Number(value)] as const)
      .filter(([, value]) => Number.isFinite(value)),
  }));
};

const shown = (value: number, unit: string): string => {
  const round = (number: number): string => String(Number(number.toPrecision(3)));
  if (unit === 'percentunit') return `${round(value * 100)} %`;
  if (unit === 'bytes') return `${round(value / 1024 ** 2)} MiB`;
  if (unit === 'ms') return `${round(value)} ms`;
  if (unit === 's' && value >= 86_400) return `${round(value / 86_400)} days`;
  if (unit === 's')
    return value >= 1 || value === 0 ? `${round(value)} s` : `${round(value * 1000)} ms`;
  return `${round(value)}${unit === 'reqps' ? ' req/s' : unit === 'ops' ? ' /s' : ''}`;
};

const colours = [
  ...['#73bf69', '#f2cc0c', '#5794f2', '#ff780a', '#f2495c', '#b877d9', '#8ab8ff', '#ffa6b0'],
  ...['#96d98d', '#ffee52', '#c0d8ff', '#fade2a', '#ca95e5'],
];

const column = 64;
const unitHeight = 34;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const chart = (lines: readonly Line[], unit: string, width: number, height: number): string => {
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const most = highest > 0 ? highest * 1.1 : 1;
  const [left, bottom] = [64, 18];
  const x = (time: number): number => left + ((time - start) / (end - start)) * (width - left - 8);
  const y = (value: number): number => (height - bottom) * (1 - value / most);
  const grid = [0, 0.25, 0.5, 0.75].map(
    (part) =>
      `<line x1="${left}" x2="${width - 8}" y1="${y(part * most)}" y2="${y(part * most)}" stroke="#2f333a"/>` +
      `<text x="${left - 6}" y="${y(part * most) + 4}" text-anchor="end">${shown(part * most, unit)}</text>`,
  );
  const times = [0.05, 0.35, 0.65, 0.95].map((part) => {
    const time = start + part * (end - start);
    const text = new Date(time * 1000).toISOString().slice(11, 16);
    return `<text x="${x(time)}" y="${height - 3}" text-anchor="middle">${text}</text>`;
  });
  const drawn = lines.map(({ points }, i) => {
    const path = points
      .map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`)
      .join(' ');
    return `<polyline fill="none" stroke-width="1.5" stroke="${colours[i % colours.length]}" points="${path}"/>`;
  });
  return `<svg width="${width}" height="${height}">${[...grid, ...times, ...drawn].join('')}</svg>`;
};

const body = (panel: Panel, lines: readonly Line[], width: number, height: number): string => {
  const unit = panel.fieldConfig?.defaults.unit ?? 'short';
  const last = ({ points }: Line): number => points.at(-1)?.[1] ?? NaN;
  if (lines.length === 0) return '<p>No data</p>';
  if (panel.type === 'stat')
    return `<b>${lines[0] === undefined ? '' : shown(last(lines[0]), unit)}</b>`;
  if (panel.type === 'table') {
    const cells = [...lines]
      .sort((a, b) => last(a) - last(b))
      .map((line) => [...Object.values(line.labels), shown(last(line), unit)]);
    const rows = [Object.keys(lines[0]?.labels ?? {}).concat('Value'), ...cells];
    return `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;
  }
  const legend = lines
    .slice(0, 8)
    .map(({ name }, i) => `<i style="background:${colours[i]}"></i>${escaped(name)} `)
    .join(' ');
  return `${chart(lines, unit, width - 16, height - 62)}<small>${legend}</small>`;
};

const drawn = async (panel: Panel): Promise<string> => {
  const { x, y, w, h } = panel.gridPos;
  const [width, height] = [w * column - 8, h * unitHeight - 8];
  const place = `left:${x * column}px;top:${y * unitHeight + 44}px;width:${width}px;height:${height}px`;
  if (panel.type === 'row') return `<h2 style="${place}">${panel.title}</h2>`;
  const lines = (await Promise.all((panel.targets ?? []).map(asked))).flat();
  return `<section style="${place}"><h3>${panel.title}</h3>${body(panel, lines, width, height)}</section>`;
};

const style = `body{background:#111217;color:#ccccdc;font:12px Inter,Helvetica,Arial,sans-serif;margin:0;width:1536px}
h1{font-size:18px;font-weight:500;margin:10px 8px}section,h2{position:absolute;box-sizing:border-box}
section{background:#181b1f;border:1px solid #25282e;border-radius:2px;padding:6px 8px;overflow:hidden}
h2{font-size:14px;font-weight:500;margin:4px 8px}h3{font-size:13px;font-weight:500;margin:0 0 6px}
b{display:block;text-align:center;font-size:34px;font-weight:500;color:#73bf69;margin-top:18px}
text{fill:#9fa1ab;font-size:11px}i{display:inline-block;width:12px;height:4px;margin:0 4px 2px 8px}
small{display:block;max-height:30px;overflow:hidden}table{border-collapse:collapse;width:100%}
td{border-bottom:1px solid #25282e;padding:5px}p{text-align:center}`;

const { title, panels } = dashboard() as {
  readonly title: string;
  readonly panels: readonly Panel[];
};
const parts: string[] = [];
for (const panel of panels) parts.push(await drawn(panel));
process.stdout.write(
  `<!doctype html><meta charset="utf-8"><style>${style}</style><h1>${title}</h1>${parts.join('\n')}\n`,
);
