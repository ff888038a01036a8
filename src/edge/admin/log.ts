import type { Logger } from 'pino';
import { destination, pino, stdSerializers } from 'pino';

import { textLine } from './text-line.ts';

/** The levels of `--log-level`, the most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** One of these levels. */
export type LogLevel = (typeof logLevels)[number];

/** The values of `--log-format`. */
export const logFormats = ['text', 'json'] as const;
/** One of these formats. */
export type LogFormat = (typeof logFormats)[number];

interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** `stderr` for a command that prints its result on stdout. */
  readonly to: 'stdout' | 'stderr';
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The log of this process; written at once, so that nothing is lost when it dies. */
export const log = ({ level, format, to, env }: LogOptions): Logger => {
  const stream = process[to];
  const out = destination({ fd: stream.fd, sync: true });
  const options = { level, base: null, serializers: { error: stdSerializers.err } };
  if (format === 'json') return pino({ ...options, ...asJson }, out);
  const colour = stream.isTTY && (env['NO_COLOR'] ?? '') === '';
  return pino(options, { write: (line: string) => void out.write(textLine(line, colour)) });
};

const asJson = {
  formatters: { level: (label: string) => ({ level: label }) },
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
};
