import { left, right, type Either } from 'fp-ts/lib/Either.js';
import { Composer, LineCounter, Parser, type Document } from 'yaml';

import { faultIn, reasonOf, templateAdvice } from './document-fault.ts';
import { positionAt, type Position } from './position.ts';
import { sizeLimits } from './size-limits.ts';

/** One document of a file: its value, and how to find where something is written. */
export interface ParsedDocument {
  readonly value: unknown;
  /** A tree takes many times the memory of its text, so it is let go, and made again when it is asked for. */
  readonly places: () => DocumentPlaces;
}

/** The tree of a document, which knows where everything is. */
export interface DocumentPlaces {
  readonly tree: Document.Parsed;
  readonly lines: LineCounter;
}

/** Why a text cannot be read, and where, if that is known. */
export interface Unreadable {
  readonly reason: string;
  readonly position?: Position;
}

/**
 * Reads all documents of a text, or none: half a file is not what its author meant.
 *
 * They are read one after the other, and reading ends at the first fault.
 */
export const parseDocuments = (text: string): Either<Unreadable, readonly ParsedDocument[]> => {
  if (Buffer.byteLength(text) > sizeLimits.file)
    return left({ reason: `is larger than ${sizeLimits.file} bytes` });
  const large = largeDocument(text);
  if (large !== undefined) return left(large);
  try {
    const lines = new LineCounter();
    const documents: ParsedDocument[] = [];
    const placesOf = placesIn(text);
    for (const tree of treesOf(text, lines)) {
      const fault = faultIn(tree);
      if (fault !== undefined)
        return left({
          reason: fault.reason + templateAdvice(text),
          position: positionAt(lines, fault.offset),
        });
      const places = placesOf(documents.length);
      if (hasContent(tree)) documents.push({ places, value: valueOf(tree) });
    }
    return right(documents);
  } catch (error) {
    if (error instanceof Error) return left({ reason: failure(error) });
    throw error;
  }
};

const treesOf = (text: string, lines: LineCounter): Iterable<Document.Parsed> =>
  new Composer(options).compose(new Parser(lines.addNewLine).parse(text));

/** The places of each document with content, by its number; the trees of a text live together as long as one is used. */
const placesIn = (text: string): ((index: number) => ParsedDocument['places']) => {
  let known: WeakRef<readonly DocumentPlaces[]> | undefined;
  const all = (): readonly DocumentPlaces[] => {
    const lines = new LineCounter();
    const made = [...treesOf(text, lines)].filter(hasContent).map((tree) => ({ tree, lines }));
    known = new WeakRef(made);
    return made;
  };
  return (index) => () => {
    const found = (known?.deref() ?? all())[index];
    if (found === undefined) throw new Error('expected the same documents in the same text');
    return found;
  };
};

/** The first document that is too large. */
const largeDocument = (text: string): Unreadable | undefined => {
  let start = 0;
  for (const end of endsOf(text)) {
    if (end - start > sizeLimits.document)
      return {
        reason: `holds a document of more than ${sizeLimits.document} characters`,
        position: { line: text.slice(0, start).split('\n').length, column: 1 },
      };
    start = end;
  }
  return undefined;
};

/** Where documents begin, but that one can begin without a mark after `...`. */
export const startsOfDocuments = (text: string): readonly number[] => {
  const marks = [...text.matchAll(/(?<=^|\n)---(?=[ \t\r\n]|$)/g)].map(({ index }) => index);
  return marks[0] === 0 ? marks : [0, ...marks];
};

/** Where documents end: at marks that end one wherever they stand (YAML 1.2.2 §9.1.2). */
function* endsOf(text: string): Generator<number> {
  for (const { index } of text.matchAll(/(?<=^|\n)(?:---|\.\.\.)(?=[ \t\r\n]|$)/g)) yield index;
  yield text.length;
}

/**
 * The core schema without merge keys and without custom tags: a manifest is data. Keys are compared
 * by ourselves, because the parser takes quadratic time for it.
 */
const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const mostAliases = 100;

const valueOf = (tree: Document.Parsed): unknown => tree.toJS({ maxAliasCount: mostAliases });

const hasContent = (tree: Document.Parsed): boolean =>
  tree.contents !== null && tree.contents.range[1] > tree.contents.range[0];

const failure = (error: Error): string =>
  error.message.startsWith('Excessive alias count')
    ? `has more than ${mostAliases} aliases`
    : reasonOf(error);
