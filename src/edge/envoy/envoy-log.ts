/** One entry of Envoy's log. */
export interface EnvoyLogEntry {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** Envoy's logger: `upstream`, `config`; empty for what is written before logging starts. */
  readonly component: string;
  readonly message: string;
}

/**
 * Reads one line that Envoy wrote with `--log-format-escaped`.
 *
 *     [2026-11-23 01:24:27.834][6290][warning][config] [source/…/x.cc:12] gRPC config: …
 *
 * A line of another form, as the dynamic loader or a crash may write, is taken as an error message.
 */
export const parseEnvoyLine = (line: string): EnvoyLogEntry => {
  const [, level, component = '', message = ''] =
    /^\[[\d :.-]+\]\[\d+\]\[(\w+)\]\[(\w+)\] \[[^\]]*\] (.*)$/.exec(line) ?? [];
  const known = level === undefined ? undefined : levels.get(level);
  if (known === undefined) return { level: 'error', component: '', message: line };
  return { level: known, component, message: unescape(message) };
};

/**
 * What a log says of how Envoy ended: its crash. Of an Envoy that was not ended by a signal, its last complaint;
 * whoever is ended by one did not end because of what it complained about before.
 */
export const lastWords = (log: string, bySignal: boolean): string | undefined => {
  const entries = log
    .split('\n')
    .filter((line) => line !== '')
    .map(parseEnvoyLine);
  const crash = entries.findLast(
    ({ level, component, message }) =>
      (level === 'fatal' && !isOfBacktrace.test(message)) ||
      (level === 'error' && component === ''),
  );
  if (bySignal) return crash?.message;
  return (crash ?? entries.findLast(({ level }) => level === 'error'))?.message;
};

/** What stands below the first line of a crash, at the same level. */
const isOfBacktrace = /^(?:#\d+: |Backtrace \(|Envoy version: |Address mapping: )/;

/** spdlog's names on the left. */
const levels: ReadonlyMap<string, EnvoyLogEntry['level']> = new Map([
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['critical', 'fatal'],
]);

const unescape = (text: string): string =>
  text
    .replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', r: '\r', t: '\t' })[escaped] ?? escaped)
    .trim();
