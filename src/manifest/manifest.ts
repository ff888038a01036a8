import type { Problem } from '../problem/problem.ts';
import { parseDocuments, type ParsedDocument } from '../yaml/document.ts';
import { locatorOf } from './locator.ts';
import type { Position } from '../yaml/position.ts';

/** One object as a file has it, and where. */
export interface ManifestObject {
  readonly raw: unknown;
  /** Where a field is written; where its nearest parent is, if it is not there. */
  readonly position: (fieldPath: string) => Position;
}

/** What a file says. One that cannot be read whole has a problem and no objects. */
export interface ManifestFile {
  readonly file: string;
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
}

/** Reads YAML or JSON, with any number of documents; a `List` stands for its items. */
export const readManifest = (file: string, text: string): ManifestFile => {
  const parsed = parseDocuments(text);
  if (parsed._tag === 'Left') {
    const { reason, position } = parsed.left;
    return { file, objects: [], problems: [{ _tag: 'UnreadableFile', file, reason, ...position }] };
  }
  return { file, objects: parsed.right.flatMap(objectsOf), problems: [] };
};

const objectsOf = (document: ParsedDocument): readonly ManifestObject[] =>
  expanded(document.value, []).map(({ raw, path }) => ({
    raw,
    position: locatorOf(document, path),
  }));

interface Expanded {
  readonly raw: unknown;
  readonly path: readonly (string | number)[];
}

const expanded = (raw: unknown, path: Expanded['path']): readonly Expanded[] => {
  if (!isList(raw)) return [{ raw, path }];
  return raw.items.flatMap((item, i) => expanded(item, [...path, 'items', i]));
};

const isList = (raw: unknown): raw is { readonly items: readonly unknown[] } =>
  typeof raw === 'object' &&
  raw !== null &&
  'kind' in raw &&
  raw.kind === 'List' &&
  'items' in raw &&
  Array.isArray(raw.items);
