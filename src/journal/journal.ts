import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import type { Codec } from './by-field.ts';
import { Entry } from './entry.ts';
import { AnyHeader, Header, journalVersion } from './header.ts';

/** A recording: how the events were translated, and the batches that came. */
export interface Journal {
  readonly header: Header;
  readonly entries: readonly Entry[];
  /** What was wrong without making the journal useless. */
  readonly warnings: readonly string[];
}

/**
 * Reads a journal; on the left is what is wrong with it, with the number of the line.
 *
 * Empty lines and lines that begin with `//` or `#` are comments. A recording may end in the middle
 * of a line, because whoever wrote it was killed: what is before it counts.
 */
export const readJournal = (text: string): Either<string, Journal> => {
  const { lines, cut } = linesOf(text);
  const [first, ...others] = lines;
  if (first === undefined) return left(cut ?? 'expected a journal, found no line with a header');
  const header = readHeader(first);
  if (isLeft(header)) return header;
  const entries: Entry[] = [];
  for (const line of others) {
    const entry = read(Entry, line);
    if (isLeft(entry)) return entry;
    entries.push(entry.right);
  }
  return right({ header: header.right, entries, warnings: cut === undefined ? [] : [cut] });
};

/** The header as a line, with its line break. */
export const headerLine = (header: Header): string => `${JSON.stringify(Header.encode(header))}\n`;

/** An entry as a line, with its line break. */
export const entryLine = ({ seq, at, events }: Entry): string =>
  `${JSON.stringify(Entry.encode({ seq, at, events }))}\n`;

interface Line {
  readonly number: number;
  readonly text: string;
}

/** All lines that are no comments; a last line that is cut off is left out and named. */
const linesOf = (text: string): { readonly lines: readonly Line[]; readonly cut?: string } => {
  const lines = text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }))
    .filter((line) => !/^\s*(?:$|\/\/|#)/.test(line.text));
  const last = lines.at(-1);
  if (last === undefined || text.endsWith('\n') || isJson(last.text)) return { lines };
  return {
    lines: lines.slice(0, -1),
    cut: `line ${last.number} is cut off; what is before it counts`,
  };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const readHeader = (line: Line): Either<string, Header> => {
  const any = read(AnyHeader, line);
  if (isLeft(any)) return any;
  const { version } = any.right;
  return version === journalVersion
    ? read(Header, line)
    : left(
        `line ${line.number}: a journal of version ${version}, this Headgate reads version ${journalVersion}`,
      );
};

const read = <A>(codec: Codec<A>, { number, text }: Line): Either<string, A> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return left(`line ${number}: expected ${codec.name}, found no JSON`);
  }
  const result = codec.decode(json);
  return isLeft(result) ? left(`line ${number}: ${explain(result.left)}`) : result;
};

/** The failure that lies deepest, where a reader has to look. */
const explain = (errors: t.Errors): string => {
  const [first, ...others] = errors;
  if (first === undefined) return 'unreadable';
  const { context } = others.reduce(
    (deepest, error) => (error.context.length > deepest.context.length ? error : deepest),
    first,
  );
  const path = context
    .filter((_, index) => !(context[index - 1]?.type instanceof t.IntersectionType))
    .map(({ key }) => key)
    .filter((key) => key !== '');
  return [
    ...(path.length === 0 ? [] : [path.join('.')]),
    `expected ${context.at(-1)?.type.name}`,
  ].join(': ');
};
