import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { shownSteps } from '../../../../src/cli/serve/shown-configuration.ts';
import type { NamedCollection } from '../../../../src/collection/operator/named-collections.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { applyAll, emptyStore, type ObjectStore } from '../../../../src/kube/store/object-store.ts';
import { readManifest } from '../../../../src/manifest/manifest.ts';
import { events, nextSet } from '../../../../src/manifest/manifest-set.ts';
import type { Language } from '../../../../src/translate/contribution/language.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { translateLanguages, type Translation } from '../../../../src/translate/translate.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../../src/xds/make-snapshot.ts';
import { holds } from '../../../_support/property/property.ts';
import { plain } from '../../../_support/world/language/a-plain-language.ts';
import { aPlainService } from '../../../_support/world/language/plain-services.ts';
import { listed, storeOf, syncedStore } from '../../../_support/world/builders.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';
import { everyFeature } from '../../../_support/world/every-feature.ts';
import { eventsOf } from '../../../_support/property/happening.ts';
import { anObject } from '../../../_support/world/small-world.ts';

const ours = emissary({ ambassadorId: 'default', namespace: 'default' });

/** They want the ports, server names and domains that objects of Emissary want. */
const contested = [
  aPlainService({ name: 'a', port: 8080, domain: 'a.example' }),
  aPlainService({ name: 'b', port: 8443, domain: 'a.example', serves: 'TLS' }),
];

const stepped = (languages: readonly Language[]) => {
  const translate = atOnce(translateLanguages(languages));
  return (store: ObjectStore, former?: { translation: Translation; graph: SnapshotGraph }) => {
    const translation = translate(former?.translation, syncedStore(store));
    return { translation, graph: makeSnapshot(former?.graph, translation.ir) };
  };
};

const stepsOf = ({ translation, graph }: ReturnType<ReturnType<typeof stepped>>) =>
  shownSteps(translation, graph);

const wiring = (steps: readonly NamedCollection[]): readonly string[] =>
  steps.map(({ name, operator, reads }) => `${name} = ${operator}(${reads?.join()})`);

const everything = async (): Promise<readonly NamedCollection[]> => {
  const ports = { http: 8080, https: 8443, other: 8444 };
  const text = everyFeature(ports, await aCertificate('*.dumped.example'));
  const first = events(undefined, nextSet(undefined, [readManifest('every.yaml', text)]));
  return stepsOf(stepped([ours])(applyAll(emptyStore, first)));
};

test('every collection is shown once, and every step reads only what is shown before it', async (t) => {
  const steps = await everything();
  const before = new Set<string>();
  for (const { name, reads = [] } of steps) {
    t.deepEqual(
      reads.filter((one) => !before.has(one)),
      [],
      name,
    );
    t.false(before.has(name), name);
    before.add(name);
  }
  t.true(steps.length > 90);
});

test('all that is not made by a step is what is known of the world', async (t) => {
  const outside = (await everything()).filter(({ operator }) => operator === undefined);
  t.deepEqual(
    outside.map(({ name }) => name).filter((name) => !name.startsWith('store/')),
    [],
  );
  t.true(outside.some(({ name }) => name === 'store/objects/Mapping'));
});

test('the way of a Mapping: from the object to the scope of a route table', async (t) => {
  const steps = new Map((await everything()).map((step) => [step.name, step]));
  const way = [
    'store/objects/Mapping',
    'contributions/emissary/mappings/ours',
    'contributions/emissary/mappings/compiled',
    'contributions/emissary/mappings/usable',
    'contributions/emissary/mappings/allUsable',
    'contributions/emissary/mappings/closing/routed',
    'contributions/emissary/routes/mappingIndex',
    'contributions/emissary/routes/compiled',
    'contributions/emissary/routes/virtualHosts',
    'contributions/emissary/answers/all',
    'assembly/virtualHosts/own/0/all',
    'assembly/virtualHosts/merged/united',
    'assembly/virtualHosts/merged/settled',
    'assembly/virtualHosts/advertised/all',
    'assembly/virtualHosts/all',
    'snapshot/virtualHosts',
    'snapshot/hostsOfTable',
    'snapshot/scoped/tables',
    'snapshot/scoped/scopes',
  ];
  for (const [i, name] of way.entries())
    if (i > 0) t.true(steps.get(name)?.reads?.includes(way[i - 1] ?? ''), name);
});

for (const [title, languages] of [
  ['one language', [ours]],
  ['two languages', [ours, plain]],
] as const)
  test(`what reads what does not depend on what is there: ${title}`, (t) => {
    const step = stepped(languages);
    const expected = wiring(stepsOf(step(storeOf())));
    const object = fc.oneof(anObject, fc.constantFrom(...contested));
    const batches = fc.array(
      fc.array(fc.record({ _tag: fc.constantFrom('Put', 'Put', 'Gone'), object }), {
        minLength: 1,
        maxLength: 4,
      }),
      { minLength: 1, maxLength: 8 },
    );
    holds(
      t,
      fc.property(batches, (history) => {
        let store = applyAll(emptyStore, listed([]));
        let state = step(store);
        for (const batch of history) {
          store = applyAll(store, batch.flatMap(eventsOf));
          state = step(store, state);
          assert.deepEqual(wiring(stepsOf(state)), expected);
        }
      }),
      { numRuns: 100 },
    );
  });
