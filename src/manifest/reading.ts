import type { KubeEvent, Reported } from '../kube/kube-event.ts';
import type { LastGood } from '../kube/last-good.ts';
import type { ManifestSource } from './file-entry.ts';
import { events, formerSet, nextSet, type ManifestSet } from './manifest-set.ts';
import { readManifest } from './manifest.ts';

/** One file of a folder: its text, or why there is none. */
export type FolderFile =
  | { readonly file: string; readonly text: string }
  | { readonly file: string; readonly unreadable: string };

/** What one read of a folder found: one change, and where each object is written. */
export interface Found {
  /** What is different from before; empty when only line numbers are. */
  readonly events: readonly KubeEvent[];
  readonly manifests: ManifestSet;
}

/** What is known of a folder after a number of reads, good and failed. */
export interface Reading {
  /** What the folder is called in problems. */
  readonly path: string;
  /** How many bytes an object may have; absent: the usual number. */
  readonly mostBytes?: number | undefined;
  /** What the last good read made of each file. */
  readonly parsed: ReadonlyMap<FolderFile, ManifestSource>;
  /** Absent until one read was good. */
  readonly manifests?: ManifestSet;
  /** What an earlier run knows, for the first good read. */
  readonly former: ManifestSet;
  /** How many reads in a row failed, and how the last one did. */
  readonly failures: number;
  readonly reason?: string;
  /** What the last read found; absent when it found no difference. */
  readonly found?: Found;
}

/** A folder before the first read. */
export const unread = (
  path: string,
  lastGood: readonly LastGood[],
  mostBytes?: number,
): Reading => ({
  path,
  mostBytes,
  parsed: new Map(),
  former: formerSet(lastGood),
  failures: 0,
});

/** A read was good. Only files that are not the same value as before are parsed. */
export const withFiles = (before: Reading, files: readonly FolderFile[]): Reading => {
  const { path, mostBytes, former, reason } = before;
  const parsed = new Map(files.map((file) => [file, before.parsed.get(file) ?? parse(file)]));
  if (reason === undefined && before.manifests !== undefined && sameKeys(before.parsed, parsed))
    return { path, mostBytes, parsed, former, manifests: before.manifests, failures: 0 };
  const manifests = nextSet(before.manifests ?? former, [...parsed.values()], mostBytes);
  const recovered = reason === undefined ? [] : [reported(path)];
  const found = { events: [...recovered, ...events(before.manifests, manifests)], manifests };
  return { path, mostBytes, parsed, former, manifests, failures: 0, found };
};

/** A read failed: what the last good one found stays as it is, and the folder has a problem. */
export const withFailure = (before: Reading, reason: string): Reading => {
  const { path, mostBytes, parsed, former, manifests = nextSet(undefined, []) } = before;
  const after: Reading = {
    path,
    mostBytes,
    parsed,
    former,
    ...(before.manifests !== undefined && { manifests }),
    failures: before.failures + 1,
    reason,
  };
  return reason === before.reason
    ? after
    : { ...after, found: { events: [reported(path, reason)], manifests } };
};

const parse = (file: FolderFile): ManifestSource =>
  'text' in file ? readManifest(file.file, file.text) : file;

const sameKeys = <K>(a: ReadonlyMap<K, unknown>, b: ReadonlyMap<K, unknown>): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key));

/** No kind is called `folder`, so an origin is never the name of an object. */
const reported = (path: string, reason?: string): Reported => ({
  _tag: 'Reported',
  origin: `folder ${path}`,
  problems: reason === undefined ? [] : [{ _tag: 'UnreadableFile', file: path, reason }],
});
