import { rows, type Panel } from './rows.ts';

const datasource = { type: 'prometheus', uid: '${datasource}' };

const panelOf = (panel: Panel, id: number, gridPos: object): object => ({
  id,
  type: panel.shows,
  title: panel.title,
  description: panel.says,
  datasource,
  gridPos,
  fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
  ...(panel.shows === 'timeseries' && {
    options: { tooltip: { mode: 'multi', sort: 'desc' }, legend: { displayMode: 'list' } },
  }),
  targets: Object.entries(panel.queries).map(([legendFormat, expr], i) => ({
    refId: 'ABCDEF'[i],
    datasource,
    expr,
    legendFormat,
    ...(panel.shows === 'table' && { instant: true, format: 'table' }),
  })),
});

/** Rows below each other, with their panels from left to right. */
const panels = (): readonly object[] => {
  const all: object[] = [];
  let y = 0;
  for (const { title, columns, height, panels: inRow } of rows) {
    all.push({
      id: all.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    const w = 24 / columns;
    for (const [i, panel] of inRow.entries()) {
      const line = Math.floor(i / columns);
      const gridPos = { x: (i % columns) * w, y: y + 1 + line * height, w: w, h: height };
      all.push(panelOf(panel, all.length + 1, gridPos));
    }
    y += 1 + Math.ceil(inRow.length / columns) * height;
  }
  return all;
};

const variable = (name: string, label: string, query: string): object => ({
  ...{ name, label, type: 'query', datasource, refresh: 2, sort: 1 },
  ...{ query: { query, refId: name }, multi: true, includeAll: true, allValue: '.*' },
  current: { text: ['All'], value: ['$__all'] },
});

/** The dashboard of Headgate for Grafana, which finds installations by `headgate_build_info`. */
export const dashboard = (): object => ({
  uid: 'headgate',
  title: 'Headgate',
  tags: ['headgate'],
  schemaVersion: 39,
  editable: true,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-1h', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
      variable('namespace', 'Namespace', 'label_values(headgate_build_info, namespace)'),
      variable('job', 'Job', 'label_values(headgate_build_info{namespace=~"$namespace"}, job)'),
      variable('pod', 'Pod', 'label_values(headgate_build_info{job=~"$job"}, pod)'),
    ],
  },
  panels: panels(),
});
