import { envoyFilter, envoySeries } from './envoy-series.ts';
import { metricTable, type MetricDefinition } from './metric-table.ts';

/** Which of Envoy's series: those of the list, or all that Envoy keeps. */
export type EnvoyChoice = 'listed' | 'all';

/** Asks Envoy for its statistics as Prometheus reads them; resolves when the answer begins. */
export type AskEnvoy = (query: string, signal: AbortSignal) => Promise<AsyncIterable<Buffer>>;

/**
 * Envoy's own series as text for Prometheus, and behind them whether these were all of them.
 *
 * Envoy's main thread takes no configuration while it puts them together, before its answer begins. So
 * it is asked once at a time and then left alone for as long as that took: whoever asks, and however
 * often, half of its time is for what changes. No more of the answer is read than the reader takes.
 */
export const envoyMetrics = (ask: AskEnvoy): ((choice: EnvoyChoice) => AsyncIterable<Buffer>) => {
  let rested: Promise<void> = Promise.resolve();
  const inTurn = async <A>(task: () => Promise<A>): Promise<A> => {
    const before = rested;
    let rest: () => void = () => undefined;
    rested = new Promise((resolve) => {
      rest = resolve;
    });
    await before;
    const since = performance.now();
    try {
      return await task();
    } finally {
      setTimeout(rest, performance.now() - since).unref();
    }
  };
  return async function* lines(choice) {
    const since = performance.now();
    const query = choice === 'all' ? '' : `?filter=${encodeURIComponent(envoyFilter)}`;
    let isComplete = false;
    try {
      yield* wholeLines(await inTurn(() => ask(query, AbortSignal.timeout(longestMs))));
      isComplete = true;
    } catch {
      isComplete = false; // Envoy is gone, or does not answer: what we know ourselves is told anyway.
    }
    yield Buffer.from(
      sample(metricTable.envoyScrape, isComplete ? 1 : 0) +
        sample(metricTable.envoyScrapeTime, (performance.now() - since) / 1000),
    );
  };
};

/** Prometheus has given up long before. */
const longestMs = 30_000;

/** Complete lines only, so that what follows is read even if Envoy ends in the middle of one. */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun = '';
  for await (const chunk of chunks) {
    const text = begun + chunk.toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    begun = text.slice(end);
    if (end > 0) yield Buffer.from(explained(text.slice(0, end)), 'latin1');
  }
}

const help: ReadonlyMap<string, string> = new Map(
  envoySeries.map(({ name, help: text }) => [name, text]),
);

/** Envoy tells the type of a series, and not what it means. */
const explained = (text: string): string =>
  text.replaceAll(/^# TYPE (\S+) /gm, (line, name: string) => {
    const meaning = help.get(name);
    return meaning === undefined ? line : `# HELP ${name} ${meaning}\n${line}`;
  });

const sample = ({ name, type, help: text }: MetricDefinition, value: number): string =>
  `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
