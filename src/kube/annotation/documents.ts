import { isLeft } from 'fp-ts/lib/Either.js';

import {
  parseDocuments,
  startsOfDocuments,
  type ParsedDocument,
  type Unreadable,
} from '../../yaml/document.ts';

/** One document of an annotation, by its number from 1: what it says, or why it cannot be read. */
export type AnnotationDocument = { readonly number: number } & Read;

type Read = { readonly value: unknown } | { readonly reason: string };

/** How many documents of one annotation are read. */
const mostDocuments = 1000;

/** The API server takes no more for all annotations of an object. */
const mostCharacters = 262_144;

/**
 * The documents of an annotation. Each is read by itself, so that one with a fault costs no other; `fault` is what the
 * whole must be and is not.
 */
export const documentsIn = (
  text: string,
): { readonly documents: readonly AnnotationDocument[]; readonly fault?: string } => {
  if (text.length > mostCharacters)
    return { documents: [], fault: `at most ${mostCharacters} characters` };
  const documents: AnnotationDocument[] = [];
  for (const { line, read } of placedDocuments(text)) {
    if (documents.length === mostDocuments)
      return { documents, fault: `at most ${mostDocuments} documents` };
    const number = documents.length + 1;
    documents.push(
      'reason' in read ? { number, reason: reasonIn(read, line) } : { number, value: read.value },
    );
  }
  return { documents };
};

/** Where a document begins, as a line of its annotation, and the document, if it can be read. */
export const documentAt = (
  text: string,
  number: number,
): { readonly line: number; readonly parsed?: ParsedDocument } | undefined => {
  const found = [...placedDocuments(text.slice(0, mostCharacters))][number - 1];
  if (found === undefined) return undefined;
  const { line, read } = found;
  return 'reason' in read
    ? { line: line + (read.position?.line ?? 1) - 1 }
    : { line, parsed: read };
};

interface Placed {
  /** The line on which the part begins that the document is in. */
  readonly line: number;
  readonly read: ParsedDocument | Unreadable;
}

function* placedDocuments(text: string): Generator<Placed> {
  const starts = startsOfDocuments(text);
  let line = 1;
  for (const [i, start] of starts.entries()) {
    const part = text.slice(start, starts[i + 1]);
    const parsed = parseDocuments(part);
    if (isLeft(parsed)) yield { line, read: parsed.left };
    else for (const read of parsed.right) yield { line, read };
    line += part.split('\n').length - 1;
  }
}

const reasonIn = (
  { reason, position: { line } = { line: 1, column: 1 } }: Unreadable,
  first: number,
): string => `${reason} (line ${first + line - 1})`;
