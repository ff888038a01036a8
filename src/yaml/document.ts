import { left, right, type Either } from 'fp-ts/lib/Either.js';
import { Composer, LineCounter, Parser, type Document } from 'yaml';

import { faultIn, reasonOf, templateAdvice } from './document-fault.ts';
import { positionAt, type Position } from './position.ts';
import { sizeLimits } from './size-limits.ts';

/** One document of a file: its value, and the tree that knows where everything is. */
export interface ParsedDocument {
  readonly value: unknown;
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
    const trees = new Composer(options);
    for (const tree of trees.compose(new Parser(lines.addNewLine).parse(text))) {
      const fault = faultIn(tree);
      if (fault !== undefined)
        return left({
          reason: fault.reason + templateAdvice(text),
          position: positionAt(lines, fault.offset),
        });
      if (hasContent(tree)) documents.push({ tree, lines, value: valueOf(tree) });
    }
    return right(documents);
  } catch (error) {
    if (error instanceof Error) return left({ reason: failure(error) });
    throw error;
  }
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
