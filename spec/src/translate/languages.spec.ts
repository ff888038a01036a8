import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, get } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { shownParts } from '../../../src/ir/shown-parts.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import type { Language } from '../../../src/translate/contribution/language.ts';
import { emissary } from '../../../src/translate/emissary/emissary.ts';
import { translateLanguages, type Translation } from '../../../src/translate/translate.ts';
import { holds } from '../../_support/property/property.ts';
import { plain } from '../../_support/world/language/a-plain-language.ts';
import {
  aPlainService,
  servings,
  type Plain,
} from '../../_support/world/language/plain-services.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  listed,
  problemLines,
  storeOf,
  syncedStore,
  type Manifest,
} from '../../_support/world/builders.ts';
import { eventsOf, type Happening } from '../../_support/property/happening.ts';
import { anObject } from '../../_support/world/small-world.ts';

const ours = emissary({ ambassadorId: 'default', namespace: 'default' });

const translatedBy = (languages: readonly Language[]) => atOnce(translateLanguages(languages));

/** The IR as plain data: what is in it, and not how its collections were made. */
const shown = (ir: Ir): unknown =>
  Object.fromEntries(shownParts(ir).map(([part, nodes]) => [part, Object.fromEntries(nodes)]));

const plainServices = fc
  .record(
    {
      name: fc.constantFrom('a', 'b', 'c'),
      port: fc.constantFrom(8080, 8443, 9090),
      domain: fc.constantFrom('*', 'a.example', 'plain.example'),
      serves: fc.constantFrom(...servings),
      limit: fc.constantFrom(1, 2),
      at: fc.constantFrom('127.0.0.2', '127.0.0.3'),
    },
    { requiredKeys: ['name', 'port', 'domain'] },
  )
  .map(aPlainService);

/** Objects of both languages, which want the same ports, server names and domains. */
const either: fc.Arbitrary<Manifest> = fc.oneof(
  { arbitrary: anObject, weight: 3 },
  { arbitrary: plainServices, weight: 1 },
);

const history: fc.Arbitrary<readonly (readonly Happening[])[]> = fc.array(
  fc.array(fc.record({ _tag: fc.constantFrom('Put', 'Put', 'Gone'), object: either }), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 1, maxLength: 8 },
);

for (const [title, languages] of [
  ['one language', [ours]],
  ['another language', [plain]],
  ['both', [ours, plain]],
  ['both, the other way round', [plain, ours]],
] as const)
  test(`law: by change equals from nothing: ${title}`, (t) => {
    const translate = translatedBy(languages);
    holds(
      t,
      fc.property(history, (batches) => {
        let store = applyAll(emptyStore, listed([]));
        let translation: Translation | undefined;
        for (const batch of batches) {
          store = applyAll(store, batch.flatMap(eventsOf));
          translation = translate(translation, syncedStore(store));
          const again = translate(undefined, syncedStore(store));
          assert.deepEqual(shown(translation.ir), shown(again.ir));
          assert.deepEqual(problemLines(translation), problemLines(again));
        }
      }),
      { numRuns: 100 },
    );
  });

/** What Emissary's language is given in these specs. */
const shop = [
  aListener('default/http'),
  aHost('default/shop', { hostname: 'a.example' }),
  aMapping('default/shop', { hostname: 'a.example', prefix: '/shop/' }),
];

const more = [aHost('default/more', { hostname: 'b.example' })];

test('a language without objects costs nothing: what the other gives is handed on as it is', (t) => {
  for (const languages of [
    [ours, plain],
    [plain, ours],
  ] as const) {
    const translate = translatedBy(languages);
    const first = translate(undefined, storeOf(...shop, ...more));
    const another = aMapping('default/another', { service: 'other' });
    const { ir, states } = translate(first, storeOf(...shop, ...more, another));
    const shared = [
      [ir.virtualHosts, states.contributions['emissary']?.hosts],
      [ir.clusters, states.assembly.upstreams.ofKind['Mapping']?.output],
    ] as const;
    for (const [all, own] of shared) t.is<unknown, unknown>(all.root, own?.root);
  }
});

test('objects of one language do not reach those of another, where nothing is contested', (t) => {
  const alone = translatedBy([ours])(undefined, storeOf(...shop)).ir;
  const together = translatedBy([ours, plain])(
    undefined,
    storeOf(...shop, aPlainService({ name: 'a', port: 9090, domain: '*' })),
  );
  t.deepEqual(problemLines(together), []);
  for (const part of ['listeners', 'filterChains', 'virtualHosts', 'clusters'] as const)
    for (const [key, node] of entries<string, unknown>(alone[part]))
      t.deepEqual(get<string, unknown>(together.ir[part], key), node, `${part} ${key}`);
  t.is(together.ir.listeners.size, 2);
  t.is(together.ir.clusters.size, 2);
});

test('connections for a name of one language do not reach the wider name of another', (t) => {
  const objects = storeOf(
    aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
    aSecret('default/cert'),
    aHost('default/wide', { hostname: '*.example', tlsSecret: { name: 'cert' } }),
    aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'TLS' }),
  );
  const { ir } = translatedBy([ours, plain])(undefined, objects);
  const misdirected = get(ir.virtualHosts, 'listener-8443/tls/*.example a.example');
  t.deepEqual(
    misdirected?.routes.map(({ action }) => action),
    [{ _tag: 'Respond', status: 421 }],
  );
  t.deepEqual(misdirected?.from, ['Service plain/a']);
  t.is(get(ir.virtualHosts, 'listener-8443/tls/a.example a.example')?.routes.length, 1);
});

test('a listener looks for server names when any language serves one there', (t) => {
  const inspects = (serves: Partial<Plain>) => {
    const service = aPlainService({ name: 'a', port: 8080, domain: 'b.example', ...serves });
    const { ir } = translatedBy([ours, plain])(undefined, storeOf(...shop, service));
    return get(ir.listeners, 'listener-8080')?.tlsInspector;
  };
  t.deepEqual([inspects({}), inspects({ serves: 'TLS' })], [false, true]);
});

test('what became of objects is said by each language, with what took them in', (t) => {
  const { outcomes } = translatedBy([ours, plain])(
    undefined,
    storeOf(...shop, aPlainService({ name: 'a', port: 9090, domain: '*' })),
  );
  const said = outcomes.flatMap(({ kind, entries: all, parentsOf }) =>
    [...entries(all)].map(([key, entry]) => [`${kind} ${key}`, parentsOf(entry)]),
  );
  t.deepEqual(Object.fromEntries(said), {
    'Listener default/http': [],
    'Host default/shop': ['Listener default/http'],
    'Mapping default/shop': ['Host default/shop'],
    'Service plain/a': [],
  });
});
