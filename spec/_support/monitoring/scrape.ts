/** A text of metrics, as Prometheus would read it. */
export interface Scrape {
  /** `counter`, `gauge` or `histogram`, by name. */
  readonly types: ReadonlyMap<string, string>;
  /** The names of the labels of the first series of a name; of a histogram without `le`. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** By the name and the labels as they stand there. */
  readonly values: ReadonlyMap<string, number>;
}

/** Reads the text format of Prometheus; throws where a line is none of it. */
export const readScrape = (text: string): Scrape => {
  const types = new Map<string, string>();
  const labels = new Map<string, readonly string[]>();
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, named, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (named !== undefined && type !== undefined) types.set(named, type);
    if (line === '' || line.startsWith('#')) continue;
    const [, series = '', value] = /^(\w+(?:\{(?:\w+="[^"\\]*",?)*\})?) (\S+)$/.exec(line) ?? [];
    if (value === undefined) throw new Error(`expected a sample, got ${line}`);
    values.set(series, Number(value));
    const name = /^\w+/.exec(series)?.[0].replace(/_(?:bucket|sum|count)$/, '') ?? '';
    const [, inside = ''] = /\{(.*)\}/.exec(series) ?? [];
    const keys = [...inside.matchAll(/(\w+)="/g)].map(([, key = '']) => key);
    if (!labels.has(name))
      labels.set(
        name,
        keys.filter((key) => key !== 'le'),
      );
  }
  return { types, labels, values };
};
