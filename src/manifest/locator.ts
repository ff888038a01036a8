import { isAlias, isMap, isScalar, isSeq, type Document } from 'yaml';

import { annotationField, partsOfField } from '../kube/annotation/annotation-field.ts';
import { documentAt } from '../kube/annotation/documents.ts';
import type { DocumentPlaces, ParsedDocument } from '../yaml/document.ts';
import { positionAt, type Position } from '../yaml/position.ts';

/**
 * Finds fields of one object of a document, whose way from the top of the document is `root`.
 *
 * A field path is read against what is there, the longest key first: `data.tls.crt` is the key
 * `tls.crt` of `data`.
 */
export const locatorOf =
  ({ places }: ParsedDocument, root: readonly (string | number)[]) =>
  (fieldPath: string): Position => {
    const document = places();
    const top: Spot = { node: document.tree.contents, offset: offsetOf(document.tree.contents, 0) };
    const start = root.reduce<Spot>(
      (spot, key) => children(document.tree, spot).find((child) => child.key === key) ?? spot,
      top,
    );
    const inAnnotation = partsOfField(fieldPath);
    if (inAnnotation === undefined)
      return positionAt(document.lines, nearest(document.tree, start, fieldPath).offset);
    const { node, offset } = nearest(document.tree, start, annotationField);
    const line = lineInAnnotation(document, node, inAnnotation);
    return line === undefined ? positionAt(document.lines, offset) : { line, column: 1 };
  };

/**
 * The line of a field of an object in an annotation; unknown where the text is not written as it is (`|`). There every
 * line of it is a line of the file.
 */
const lineInAnnotation = (
  { lines }: DocumentPlaces,
  node: unknown,
  { document, field }: NonNullable<ReturnType<typeof partsOfField>>,
): number | undefined => {
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || typeof node.value !== 'string') return;
  const found = documentAt(node.value, document);
  if (found === undefined) return;
  const { line, parsed } = found;
  const within = parsed === undefined ? 1 : locatorOf(parsed, [])(field).line;
  return positionAt(lines, offsetOf(node, 0)).line + line + within - 1;
};

interface Spot {
  readonly node: unknown;
  readonly offset: number;
}

interface Child extends Spot {
  readonly key: string | number;
}

const nearest = (tree: Document.Parsed, spot: Spot, path: string): Spot => {
  if (path === '') return spot;
  let best: { readonly child: Child; readonly rest: string } | undefined;
  for (const child of children(tree, spot)) {
    const rest = after(child.key, path);
    if (rest !== undefined && (best === undefined || rest.length < best.rest.length))
      best = { child, rest };
  }
  return best === undefined ? spot : nearest(tree, best.child, best.rest);
};

/** What follows a key at the beginning of a path; absent when the path begins otherwise. */
const after = (key: string | number, path: string): string | undefined => {
  const written = [`[${key}]`, ...(typeof key === 'string' ? [key, `.${key}`] : [])].find(
    (form) => path.startsWith(form) && /^(?:$|[.[])/.test(path.slice(form.length)),
  );
  return written === undefined ? undefined : path.slice(written.length);
};

const children = (tree: Document.Parsed, { node }: Spot): readonly Child[] => {
  const resolved = isAlias(node) ? node.resolve(tree) : node;
  if (isSeq(resolved))
    return resolved.items.map((item, key) => ({ key, node: item, offset: offsetOf(item, 0) }));
  if (isMap(resolved))
    return resolved.items.map(({ key, value }) => ({
      key: String(isScalar(key) ? key.value : key),
      node: value,
      offset: offsetOf(key, 0),
    }));
  return [];
};

const offsetOf = (node: unknown, otherwise: number): number =>
  (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? otherwise;
