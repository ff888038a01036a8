import { styleText } from 'node:util';

/**
 * One JSON line of the log as text to read.
 *
 *     12:01:07.250 warn  config: what happened  key=value other="two words"
 *
 * The time is the local one. Of the fields of a problem, only its name and severity are shown: the text names
 * the object and the field. A line that is not JSON passes as it is. Control characters never
 * pass: a log line can quote what somebody else wrote, and a terminal obeys them.
 */
export const textLine = (line: string, colour: boolean): string => {
  const entry = parse(line);
  if (entry === undefined) return line;
  const { level, time, msg = '', component, error, ...fields } = entry;
  const name = names.get(Number(level)) ?? 'info';
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;

  const head = [paint('dim', clock(Number(time))), paint(styles[name], name.padEnd(5))];
  const who = component === undefined ? '' : `${paint('cyan', visible(String(component)))}: `;
  const { severity, problem } = fields;
  const shown = problem === undefined ? fields : { severity, problem };
  const rest = Object.entries(shown).map(([key, value]) => ` ${paint('dim', key)}=${show(value)}`);
  const said = `${head.join(' ')} ${who}${visible(String(msg)).replaceAll('\n', '\n    ')}${rest.length > 0 ? ' ' : ''}`;
  return `${said}${rest.join('')}${cause(error, String(msg))}\n`;
};

type Style = 'dim' | 'cyan' | 'green' | 'yellow' | 'red' | 'magenta';
type Name = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

const names: ReadonlyMap<number, Name> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

const styles: Readonly<Record<Name, Style>> = {
  trace: 'dim',
  debug: 'dim',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'magenta',
};

const parse = (line: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
};

const clock = (time: number): string => {
  const date = new Date(time);
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return `${h}:${m}:${s}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

const show = (value: unknown): string => {
  if (typeof value === 'string' && /^[\w./:@*-]+$/.test(value)) return value;
  return visible(JSON.stringify(value) ?? 'undefined');
};

/** The stack of an error, which begins with its message; on lines of their own. */
const cause = (error: unknown, msg: string): string => {
  const { stack, message } = { ...(error as object) } as Readonly<Record<string, unknown>>;
  if (typeof stack === 'string') return `\n${indented(stack)}`;
  return typeof message === 'string' && message !== msg ? `\n${indented(message)}` : '';
};

const indented = (text: string): string => visible(text).replaceAll(/^/gm, '    ');

/** Line breaks stay, indented; an escape sequence is shown in place of being obeyed. */
const visible = (text: string): string =>
  text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
