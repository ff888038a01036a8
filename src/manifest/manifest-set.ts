import { empty, entries, get, keys, remove, set } from '../collection/collection.ts';
import type { Collection } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { equal } from '../collection/equal.ts';
import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import { isKind, kinds } from '../kube/kind.ts';
import type { KubeEvent, Reported } from '../kube/kube-event.ts';
import type { LastGood } from '../kube/last-good.ts';
import type { Problem } from '../problem/problem.ts';
import { effective, withClaims, withoutClaims, type Claims } from './claim.ts';
import { formerEntry, readEntry, type FileEntry, type ManifestSource } from './file-entry.ts';
import type { Position } from '../yaml/position.ts';

/**
 * What a folder of manifests says, and where.
 *
 * Several files may define one object; the claims on it are sorted by file, and the first counts.
 */
export interface ManifestSet {
  readonly files: Collection<string, FileEntry>;
  readonly claims: Claims;
}

/** A place in one of the files. */
export interface Location extends Position {
  readonly file: string;
}

/**
 * What the folder says now, when these are all its files.
 *
 * An object of more than `mostBytes` is as one that its codec refuses. A file that is the same value as before is not looked at again. One that cannot be read any more
 * keeps what it said last.
 */
export const nextSet = (
  previous: ManifestSet | undefined,
  sources: readonly ManifestSource[],
  mostBytes?: number,
): ManifestSet => {
  const before = previous ?? noFiles;
  const present = new Set(sources.map(({ file }) => file));
  const gone = [...keys(before.files)].filter((file) => !present.has(file));
  const changed = sources.filter((source) => get(before.files, source.file)?.source !== source);
  const kept = [...gone, ...changed.map(({ file }) => file)].reduce(withoutFile, before);
  return changed.reduce(
    (after, source) =>
      withFile(after, readEntry(get(before.files, source.file), source, mostBytes)),
    kept,
  );
};

/** What the files said of these objects when an earlier run read them. */
export const formerSet = (lastGood: readonly LastGood[]): ManifestSet =>
  Object.entries(Object.groupBy(lastGood, ({ file = '' }) => file))
    .filter(([file]) => file !== '')
    .map(([file, known = []]) => formerEntry(file, known))
    .reduce(withFile, noFiles);

/** What happened between two readings of a folder; at first, that every kind was listed. */
export const events = (
  previous: ManifestSet | undefined,
  next: ManifestSet,
): readonly KubeEvent[] => [
  ...reports(previous?.files ?? empty(), next.files),
  ...(previous === undefined ? listed(next) : changed(previous, next)),
];

/** Where a field of an object is written; absent when no file defines the object. */
export const locate = (
  { claims }: ManifestSet,
  object: ObjectRef,
  field: string,
): Location | undefined => {
  const claim = get(claims, object)?.[0];
  return claim === undefined ? undefined : { file: claim.file, ...claim.position(field) };
};

/** How many objects of each kind that is not ours the files hold, by description. */
export const ignored = ({ files }: ManifestSet): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [, entry] of entries(files))
    for (const description of entry.ignored)
      counts.set(description, (counts.get(description) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const noFiles: ManifestSet = { files: empty(), claims: empty() };

const withoutFile = ({ files, claims }: ManifestSet, file: string): ManifestSet => ({
  files: remove(files, file),
  claims: withoutClaims(claims, get(files, file)?.claims ?? []),
});

const withFile = ({ files, claims }: ManifestSet, entry: FileEntry): ManifestSet => ({
  files: set(files, entry.source.file, entry),
  claims: withClaims(claims, entry.claims),
});

const listed = (next: ManifestSet): readonly KubeEvent[] => {
  const counting = [...entries(next.claims)].flatMap(([object, claims]) => {
    const item = effective(claims);
    return item === undefined ? [] : [{ kind: refParts(object)[0], item }];
  });
  return kinds.map((kind) => ({
    _tag: 'Listed',
    kind,
    items: counting.filter((one) => one.kind === kind).map(({ item }) => item),
  }));
};

const changed = (previous: ManifestSet, next: ManifestSet): readonly KubeEvent[] =>
  diff(previous.claims, next.claims).flatMap(({ key: object, before, after }): KubeEvent[] => {
    const [kind, key] = refParts(object);
    if (!isKind(kind)) return [];
    const item = effective(after ?? []);
    if (item === undefined) return [{ _tag: 'Deleted', kind, key }];
    return equal(effective(before ?? []), item) ? [] : [{ _tag: 'Applied', kind, item }];
  });

const reports = (before: ManifestSet['files'], after: ManifestSet['files']): readonly Reported[] =>
  diff(before, after).flatMap((change): Reported[] => {
    const problems = problemsOf(change.after);
    if (equal(problemsOf(change.before), problems)) return [];
    return [{ _tag: 'Reported', origin: originOf(change.key), problems }];
  });

/** No kind is called `file`, so an origin is never the name of an object. */
const originOf = (file: string): string => `file ${file}`;

const problemsOf = (entry: FileEntry | undefined): readonly Problem[] =>
  entry === undefined
    ? []
    : [...entry.unreadable, ...entry.misplaced.map(({ problem }) => problem)];
