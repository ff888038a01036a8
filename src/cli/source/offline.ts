import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { isNone } from 'fp-ts/lib/Option.js';

import { spending } from '../../budget/spending.ts';
import { finish } from '../../collection/work.ts';
import { openFolder } from '../../edge/file/folder.ts';
import { datedAfter, noCertificates } from '../../kube/secret/certificate-dates.ts';
import { withFallbackSecret } from '../../kube/secret/fallback-secret.ts';
import { applyAll, emptyStoreWith, synced } from '../../kube/store/object-store.ts';
import { events, nextSet, type ManifestSet } from '../../manifest/manifest-set.ts';
import { readManifest } from '../../manifest/manifest.ts';
import type { FolderFile } from '../../manifest/reading.ts';
import { foremostNamespaces } from '../../translate/isolation.ts';
import { translate, type Translation } from '../../translate/translate.ts';
import { UsageError } from '../usage-error.ts';
import { assumedParents } from './assumed-parents.ts';
import { ephemeralFallback } from './ephemeral-fallback.ts';
import { forOthers } from './for-others.ts';
import { unasked } from './unasked.ts';
import type { ReadingOptions } from './reading-options.ts';

/** What manifests mean, without running anything. */
interface Offline {
  readonly manifests: ManifestSet;
  readonly translation: Translation;
}

/** What is translated, and with what. */
export interface OfflineOptions extends ReadingOptions {
  /** What Mappings and routes attach to is assumed where it is missing. */
  readonly assumeHosts?: true;
}

/** Reads files, folders and, for `-`, standard input, and translates them together. */
export const offline = async (
  paths: readonly string[],
  options: OfflineOptions,
  env: NodeJS.ProcessEnv,
): Promise<Offline> => {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const sources = files.map((file) => ('text' in file ? readManifest(file.file, file.text) : file));
  const given = nextSet(undefined, sources, options.maxObject);
  const manifests =
    options.assumeHosts === true
      ? nextSet(given, [...sources, assumedParents(given, options)], options.maxObject)
      : given;
  const fallback = await ephemeralFallback(options.namespace, env);
  const read = events(undefined, manifests).map(withFallbackSecret(fallback));
  const known = applyAll(emptyStoreWith(foremostNamespaces(options)), [
    ...read,
    ...datedAfter(noCertificates, read, Date.now()).said,
  ]);
  const others = forOthers(known, options.ambassadorId);
  const store = synced(
    applyAll(known, [
      { _tag: 'Reported', origin: 'other installations', problems: others },
      { _tag: 'Reported', origin: 'Consul', problems: unasked(known, options.ambassadorId) },
    ]),
  );
  if (isNone(store)) throw new Error('expected the manifests to list every kind');
  const { within } = finish(spending(options.budget)(undefined, store.value));
  return { manifests, translation: translate(options)(undefined, within) };
};

const filesAt = async (path: string): Promise<readonly FolderFile[]> => {
  if (path === '-') return [{ file: '<stdin>', text: await text(process.stdin) }];
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`there is no file or folder ${path}`);
  if (found.isDirectory()) return await (await openFolder(path, 0)).read();
  return [{ file: path, text: await readFile(path, 'utf8') }];
};
