import { setTimeout as setTimer } from 'node:timers/promises';

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
 * often, half of its time is for what changes. Who asks for all series waits only behind others who do, so that
 * nobody keeps Prometheus from those of the list. No more of the answer is read than the reader takes.
 */
export const envoyMetrics = (
  ask: AskEnvoy,
  longestWaitMs = 2000,
): ((choice: EnvoyChoice) => AsyncIterable<Buffer>) => {
  const queues = { listed: queue(longestWaitMs), all: queue(longestWaitMs) };
  let answered: Promise<void> = Promise.resolve();
  const alone = async <A>(task: () => Promise<A>): Promise<A> => {
    const before = answered;
    let end: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      end = resolve;
    });
    answered = before.then(async () => await own);
    try {
      if (!(await isOver(before, longestWaitMs))) throw new Error('Envoy answers somebody else');
      return await task();
    } finally {
      end();
    }
  };
  const inTurn = async <A>(choice: EnvoyChoice, task: () => Promise<A>): Promise<A> =>
    await queues[choice](async () => await alone(task));
  return async function* lines(choice) {
    const since = performance.now();
    const query = choice === 'all' ? '' : `?filter=${encodeURIComponent(envoyFilter)}`;
    let isComplete = false;
    try {
      yield* wholeLines(
        await inTurn(choice, () => ask(query, AbortSignal.timeout(longestMs[choice]))),
      );
      isComplete = true;
    } catch {
      // Envoy is gone, or does not answer: what we know ourselves is told anyway.
    }
    yield Buffer.from(
      sample(metricTable.envoyScrape, isComplete ? 1 : 0) +
        sample(metricTable.envoyScrapeTime, (performance.now() - since) / 1000),
    );
  };
};

/** One task at a time, with a rest behind each for as long as it took; who would wait longer than this is turned away. */
const queue = (longestWaitMs: number) => {
  let rested: Promise<void> = Promise.resolve();
  return async <A>(task: () => Promise<A>): Promise<A> => {
    const before = rested;
    let rest: () => void = () => undefined;
    rested = new Promise((resolve) => {
      rest = resolve;
    });
    if (!(await isOver(before, longestWaitMs))) {
      void before.then(rest);
      throw new Error('others have asked before, and Envoy has not answered them');
    }
    const since = performance.now();
    try {
      return await task();
    } finally {
      setTimeout(rest, Math.min(performance.now() - since, longestRestMs)).unref();
    }
  };
};

/** Prometheus gives up after 10 s unless told otherwise, and then it would have nothing of us either. */
const longestMs = { listed: 6000, all: 30_000 } as const;

/** An Envoy that did not answer at all is asked again soon. */
const longestRestMs = 5000;

/** Whether something is over within this time. */
const isOver = async (what: Promise<void>, limitMs: number): Promise<boolean> => {
  const limit = new AbortController();
  const passed = setTimer(limitMs, false, limit).catch(() => false);
  const over = await Promise.race([what.then(() => true), passed]);
  limit.abort();
  return over;
};

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
