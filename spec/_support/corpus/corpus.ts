import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { values } from '../../../src/collection/collection.ts';
import { defaultLog } from '../../../src/ir/access-log/access-log.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import { events, nextSet } from '../../../src/manifest/manifest-set.ts';
import { readManifest, type ManifestFile } from '../../../src/manifest/manifest.ts';
import { translate, type Translation } from '../../../src/translate/translate.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { problemLines, showRoute, syncedStore, virtualHosts } from '../world/builders.ts';

/** Manifests as somebody may have written them for Emissary, in a file of their own. */
export interface CorpusCase {
  readonly name: string;
  readonly text: string;
}

/** Where the manifests are, in a folder for each topic. */
export const corpusFolder = 'spec/corpus';

/** All topics, in the order of the alphabet. */
export const topics: readonly string[] = readdirSync(corpusFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The cases of a topic, in the order of the alphabet. */
export const casesOf = (topic: string): readonly CorpusCase[] =>
  readdirSync(`${corpusFolder}/${topic}`)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.yaml'.length),
      text: readFileSync(`${corpusFolder}/${topic}/${file}`, 'utf8'),
    }));

/** The file of a case. */
export const fileOf = ({ name, text }: CorpusCase): ManifestFile =>
  readManifest(`${name}.yaml`, text);

/** What all cases refer to: Listeners, a Host for every name, Services, Secrets. */
const world = readManifest('world.yaml', readFileSync(`${corpusFolder}/world.yaml`, 'utf8'));

/**
 * What a case means beside the world, by change where there was another one before; with chains for server names, as
 * an Envoy without a control plane needs them.
 */
export const translationOf = (one: CorpusCase, before?: Translation): Translation => {
  const files = [fileOf(one), world];
  const store = applyAll(emptyStore, events(undefined, nextSet(undefined, files)));
  return toChains(before, syncedStore(store));
};

const toChains = translate({
  ...{ ambassadorId: 'default', namespace: 'default', tlsLayout: 'chains' },
  accessLog: defaultLog,
});

/** What is kept of a case: its problems, its routes, and a digest of every resource that Envoy gets. */
export const shownCase = (one: CorpusCase, translation = translationOf(one)): string => {
  const routes = virtualHosts(translation.ir).flatMap(({ domain, routes: all }) =>
    all.map((route) => `${domain} ${showRoute(route)}`),
  );
  const { resources } = makeSnapshot(undefined, translation.ir);
  const all = typeUrls.flatMap((typeUrl) =>
    [...values(resources[typeUrl])]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((resource) => JSON.stringify(toJson(resource))),
  );
  const digest = createHash('sha256').update(all.join('\n')).digest('hex').slice(0, 12);
  return [
    `# ${one.name}`,
    ...problemLines(translation).map((line) => `! ${line}`),
    ...new Set(routes),
    `${all.length} resources ${digest}`,
    '',
  ].join('\n');
};
