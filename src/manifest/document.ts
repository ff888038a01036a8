import { left, right, type Either } from 'fp-ts/lib/Either.js';
import { LineCounter, parseAllDocuments, type Document } from 'yaml';

import { faultIn, reasonOf } from './document-fault.ts';
import type { Position } from './manifest.ts';

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

/** Reads all documents of a text, or none: half a file is not what its author meant. */
export const parseDocuments = (text: string): Either<Unreadable, readonly ParsedDocument[]> => {
  if (Buffer.byteLength(text) > mostBytes)
    return left({ reason: `is larger than ${mostBytes} bytes` });
  try {
    const lines = new LineCounter();
    const documents: readonly Document.Parsed[] = [
      ...parseAllDocuments(text, { ...options, lineCounter: lines }),
    ];
    for (const tree of documents) {
      const fault = faultIn(tree);
      if (fault !== undefined)
        return left({ reason: fault.reason, position: positionAt(lines, fault.offset) });
    }
    return right(
      documents.filter(hasContent).map((tree) => ({ tree, lines, value: valueOf(tree) })),
    );
  } catch (error) {
    if (error instanceof Error) return left({ reason: failure(error) });
    throw error;
  }
};

/** The position of an offset in the text. */
export const positionAt = (lines: LineCounter, offset: number): Position => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
};

const mostBytes = 1_048_576;

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
