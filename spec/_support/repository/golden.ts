import { readFileSync } from 'node:fs';

import { entries, type Collection } from '../../../src/collection/collection.ts';
import { finish } from '../../../src/collection/work.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { shownParts } from '../../../src/ir/shown-parts.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import { events, nextSet } from '../../../src/manifest/manifest-set.ts';
import { readManifest } from '../../../src/manifest/manifest.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { problemLines } from '../world/builders.ts';
import { outcomes, translatedStore } from '../world/status-world.ts';
import { statusText, stored } from './golden-status.ts';

/** The expected files of a case, by name, as they come out of its manifests. */
export const goldenFiles = (folder: string): Readonly<Record<string, string>> => {
  const file = readManifest('manifests.yaml', readFileSync(`${folder}/manifests.yaml`, 'utf8'));
  const first = events(undefined, nextSet(undefined, [stored(file)]));
  const translated = translatedStore(applyAll(emptyStore, first));
  const { translation } = translated;
  const told = finish(outcomes(undefined, translated)).outcomes.output;
  const { resources } = makeSnapshot(undefined, translation.ir);
  return {
    'ir.json': json(shownIr(translation.ir)),
    'xds.json': json(
      typeUrls.flatMap((typeUrl) => sorted(resources[typeUrl]).map(([, one]) => toJson(one))),
    ),
    'problems.txt': problemLines(translation)
      .map((line) => `${line}\n`)
      .join(''),
    'status.yaml': statusText(sorted(told).map(([, outcome]) => outcome)),
  };
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The parts of an IR that are not empty, each by key. */
const shownIr = (ir: Ir): unknown =>
  Object.fromEntries(
    shownParts(ir)
      .map(([part, nodes]) => [part, Object.fromEntries(nodes)] as const)
      .filter(([, nodes]) => Object.keys(nodes).length > 0),
  );

const sorted = <V>(collection: Collection<string, V>): readonly (readonly [string, V])[] =>
  [...entries(collection)].sort(([a], [b]) => (a < b ? -1 : 1));
