import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
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
export const readJournal = (text: string): E.Either<string, Journal> => {
  const { lines, cut } = linesOf(text);
  const [first, ...others] = lines;
  if (first === undefined) return E.left(cut ?? 'expected a journal, found no line with a header');
  const warnings = cut === undefined ? [] : [cut];
  return pipe(
    readHeader(first),
    E.bindTo('header'),
    E.bind('entries', () => pipe(others, E.traverseArray(reading(Entry)))),
    E.map(({ header, entries }) => ({ header, entries, warnings })),
  );
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

const isJson = (text: string): boolean => E.isRight(parsed(text));

const parsed = (text: string): E.Either<unknown, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(text),
    (error) => error,
  );

const readHeader = (line: Line): E.Either<string, Header> =>
  pipe(
    reading(AnyHeader)(line),
    E.chain(({ version }) =>
      version === journalVersion
        ? reading(Header)(line)
        : E.left(
            `line ${line.number}: a journal of version ${version}, this Headgate reads version ${journalVersion}`,
          ),
    ),
  );

const reading =
  <A>(codec: Codec<A>) =>
  ({ number, text }: Line): E.Either<string, A> =>
    pipe(
      parsed(text),
      E.mapLeft(() => `expected ${codec.name}, found no JSON`),
      E.chain((json) => pipe(codec.decode(json), E.mapLeft(explain))),
      E.mapLeft((fault) => `line ${number}: ${fault}`),
    );

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
