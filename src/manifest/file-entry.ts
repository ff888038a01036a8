import { objectRef } from '../ir/object-ref.ts';
import { decode } from '../kube/decode.ts';
import type { LastGood } from '../kube/last-good.ts';
import { noProblems } from '../problem/no-problems.ts';
import type { Problem } from '../problem/problem.ts';
import type { Claim } from './claim.ts';
import type { ManifestFile, ManifestObject } from './manifest.ts';

/** A file of a folder: parsed, or the reason why it could not even be read. */
export type ManifestSource = ManifestFile | { readonly file: string; readonly unreadable: string };

/** What one file of a folder contributes. */
export interface FileEntry {
  readonly source: ManifestSource;
  readonly claims: readonly Claim[];
  /** Problems of things in the file that are no objects of ours. */
  readonly misplaced: readonly Misplaced[];
  /** Descriptions of the objects that are none of our business. */
  readonly ignored: readonly string[];
  /** Why the file cannot be read; then the rest is what it said last. */
  readonly unreadable: readonly Problem[];
}

/** A problem and the place it is about. */
interface Misplaced {
  readonly problem: Problem;
  readonly position: ManifestObject['position'];
}

/** Decodes a file; one that cannot be read keeps what it contributed before, as former versions. */
export const readEntry = (
  before: FileEntry | undefined,
  source: ManifestSource,
  mostBytes?: number,
): FileEntry => {
  const unreadable = faultsOf(source);
  if ('unreadable' in source || unreadable.length > 0) {
    const { claims, misplaced, ignored } = before ?? nothing;
    return { source, claims: claims.map(asFormer), misplaced, ignored, unreadable };
  }
  const parts = source.objects.map((object, index) =>
    partOf(source.file, index, object, mostBytes),
  );
  return {
    source,
    claims: parts.flatMap(({ claims = [] }) => claims),
    misplaced: parts.flatMap(({ misplaced = [] }) => misplaced),
    ignored: parts.flatMap(({ ignored = [] }) => ignored),
    unreadable,
  };
};

/** The objects that a file defined when it was read last. */
export const formerEntry = (file: string, known: readonly LastGood[]): FileEntry => ({
  ...nothing,
  source: { file, unreadable: '' },
  claims: known.map(({ kind, key, content }, index) => ({
    object: objectRef(kind, key),
    kind,
    item: { key, object: content, former: true, problems: noProblems },
    file,
    index,
    position: () => start,
  })),
  unreadable: [],
});

const start = { line: 1, column: 1 };

const asFormer = (claim: Claim): Claim => ({ ...claim, item: { ...claim.item, former: true } });

type Part = Partial<Pick<FileEntry, 'claims' | 'misplaced' | 'ignored'>>;

const nothing = { claims: [], misplaced: [], ignored: [] };

const partOf = (
  file: string,
  index: number,
  { raw, position }: ManifestObject,
  mostBytes?: number,
): Part => {
  const decoding = decode(raw, mostBytes);
  switch (decoding._tag) {
    case 'Decoded': {
      const { kind, item } = decoding;
      const object = objectRef(kind, item.key);
      return { claims: [{ object, kind, item, file, index, position }] };
    }
    case 'Ignored':
      return { ignored: [decoding.description] };
    case 'Rejected':
      return { misplaced: decoding.problems.map((problem) => ({ problem, position })) };
  }
};

const faultsOf = (source: ManifestSource): readonly Problem[] =>
  'unreadable' in source
    ? [{ _tag: 'UnreadableFile', file: source.file, reason: source.unreadable }]
    : source.problems;
