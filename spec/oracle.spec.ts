import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, keys, values, withEdits } from '../src/collection/collection.ts';
import { editOf } from '../src/collection/edit.ts';
import { equal } from '../src/collection/equal.ts';
import { applyAll, emptyStore, type ObjectStore } from '../src/kube/store/object-store.ts';
import { translate, type Translation } from '../src/translate/translate.ts';
import { makeSnapshot, type SnapshotGraph } from '../src/xds/make-snapshot.ts';
import type { Snapshot } from '../src/xds/snapshot.ts';
import { typeUrls } from '../src/xds/type-url.ts';
import { holds } from './_support/property/property.ts';
import {
  aHost,
  aListener,
  aService,
  listed,
  step,
  syncedStore,
} from './_support/world/builders.ts';
import { aGateway, aGatewayClass, anHttpRoute } from './_support/world/gateway-api/builders.ts';
import { aGatewayApiObject } from './_support/world/gateway-api/small-world.ts';
import { eventsOf, historyOf } from './_support/property/happening.ts';
import { anObject, someHistory } from './_support/world/small-world.ts';
import { inconsistencies } from './_support/xds/inconsistencies.ts';

/** Everything that is sent, in the order in which it is: types, names, versions and bytes. */
const sent = (resources: Snapshot['resources']) =>
  typeUrls.flatMap((typeUrl) =>
    [...entries(resources[typeUrl])].map(([name, { version, bytes }]) => [
      typeUrl,
      name,
      version,
      bytes.toString('base64'),
    ]),
  );

interface State {
  readonly store: ObjectStore;
  readonly translation: Translation;
  readonly graph: SnapshotGraph;
}

/** A world that histories begin in, what happens in it, and how it is translated. */
interface World {
  readonly name: string;
  readonly start: ObjectStore;
  readonly history: typeof someHistory;
  readonly translated: typeof step;
}

const emissary = {
  start: applyAll(
    emptyStore,
    listed([
      aListener('default/l1'),
      aHost('default/h1'),
      aHost('shop/h3', { hostname: '*.example' }),
      aService('default/web'),
    ]),
  ),
  history: someHistory,
};

const gatewayApi = {
  start: applyAll(emptyStore, [
    ...listed([
      aListener('default/l1'),
      aHost('default/h1'),
      aService('default/web'),
      aGatewayClass(),
      aGateway('default/gw', { allowedListeners: { namespaces: { from: 'All' } } }),
      anHttpRoute('default/r1'),
    ]),
  ]),
  history: historyOf(
    fc.oneof({ arbitrary: aGatewayApiObject, weight: 3 }, { arbitrary: anObject, weight: 1 }),
  ),
};

const options = { ambassadorId: 'default', namespace: 'default' };
const worlds: readonly World[] = [
  { name: 'Emissary', ...emissary, translated: step },
  {
    name: 'Emissary in isolated namespaces',
    ...emissary,
    translated: translate({ ...options, isolation: true }),
  },
  {
    name: 'the Gateway API, each Gateway with an address of its own',
    ...gatewayApi,
    translated: translate({ ...options, gatewayAddresses: ['127.0.0.7-127.0.0.8'] }),
  },
  {
    name: 'the Gateway API on the addresses of a Service',
    ...gatewayApi,
    translated: translate({ ...options, gatewayService: 'default/web', isolation: true }),
  },
];

/**
 * The store once the status of every Gateway says the addresses that it was given. Until then who came first
 * counts, too; computing from nothing, like another process, knows the status alone.
 */
const told = (store: ObjectStore, translation: Translation): ObjectStore => {
  const reported = translation.outcomes
    .filter(({ kind }) => kind === 'Gateway')
    .flatMap(({ entries: all, outcomeOf }) =>
      [...entries(all)].map(([key, entry]) => [key, outcomeOf(entry).report?.addresses] as const),
    );
  const addresses = new Map(reported);
  const Gateway = withEdits(
    store.objects.Gateway,
    [...entries(store.objects.Gateway)].map(([key, gateway]) =>
      editOf(key, { ...gateway, status: { addresses: addresses.get(key) ?? [] } }),
    ),
    equal,
  );
  return { ...store, objects: { ...store.objects, Gateway } };
};

const advance = (translated: typeof step, before: State | undefined, store: ObjectStore): State => {
  const translation = translated(before?.translation, syncedStore(store));
  return { store, translation, graph: makeSnapshot(before?.graph, translation.ir) };
};

/** Everything a state says, to Envoys and to people. */
const said = ({ translation, graph }: State) => ({
  sent: sent(graph.resources),
  certificates: [...entries(graph.certificates)].map(([names, { resource }]) => [
    names,
    resource?.version,
  ]),
  ir: translation.ir,
  problems: [...entries(translation.problems)],
  outcomes: translation.outcomes.map(({ kind, entries: all, outcomeOf }) => [
    kind,
    [...entries(all)].map(([key, entry]) => [key, outcomeOf(entry)]),
  ]),
});

const runs = { numRuns: 50 };

for (const world of worlds) {
  const { name, start, translated } = world;

  test(`${name}: by change equals from scratch, after every batch of every history`, (t) => {
    holds(
      t,
      fc.property(world.history, (history) => {
        let state: State | undefined;
        for (const batch of history) {
          state = advance(
            translated,
            state,
            applyAll(state?.store ?? start, batch.flatMap(eventsOf)),
          );
          const known = told(state.store, state.translation);
          assert.deepEqual(said(state), said(advance(translated, undefined, known)));
        }
      }),
      runs,
    );
  });

  test(`${name}: the batching does not matter`, (t) => {
    holds(
      t,
      fc.property(world.history, (history) => {
        let oneByOne = advance(translated, undefined, start);
        for (const event of history.flat().flatMap(eventsOf))
          oneByOne = advance(translated, oneByOne, applyAll(oneByOne.store, [event]));
        const all = applyAll(start, history.flat(2).flatMap(eventsOf));
        const atOnce = advance(translated, undefined, told(all, oneByOne.translation));
        assert.deepEqual(said(oneByOne), said(atOnce));
      }),
      runs,
    );
  });

  test(`${name}: equal stores give equal bytes, whatever happened before`, (t) => {
    holds(
      t,
      fc.property(world.history, world.history, (detour, history) => {
        const target = applyAll(start, history.flat(2).flatMap(eventsOf));
        let state: State | undefined;
        for (const batch of detour)
          state = advance(
            translated,
            state,
            applyAll(state?.store ?? start, batch.flatMap(eventsOf)),
          );
        const store = syncedStore(target);
        const back: ObjectStore = { ...store, listed: new Set(store.listed) };
        const there = advance(translated, state, back);
        const known = told(target, there.translation);
        assert.deepEqual(said(there), said(advance(translated, undefined, known)));
      }),
      runs,
    );
  });

  test(`${name}: every snapshot is whole: what a resource names is there`, (t) => {
    let routes = 0;
    holds(
      t,
      fc.property(world.history, (history) => {
        let state: State | undefined;
        for (const batch of history) {
          state = advance(
            translated,
            state,
            applyAll(state?.store ?? start, batch.flatMap(eventsOf)),
          );
          assert.deepEqual(inconsistencies(state.translation.ir, state.graph.resources), []);
          routes += [...values(state.translation.ir.virtualHosts)].flatMap(
            (one) => one.routes,
          ).length;
        }
      }),
      runs,
    );
    t.true(routes > 20, `the histories are worth their time: ${routes} routes`);
  });

  test(`${name}: a batch that changes nothing gives the same resources`, (t) => {
    holds(
      t,
      fc.property(world.history, (history) => {
        const store = applyAll(start, history.flat(2).flatMap(eventsOf));
        const state = advance(translated, undefined, store);
        const again = advance(
          translated,
          state,
          applyAll(store, [{ _tag: 'Reported', origin: 'a.yaml', problems: [] }]),
        );
        for (const typeUrl of typeUrls)
          assert.equal(again.graph.resources[typeUrl], state.graph.resources[typeUrl]);
        assert.equal(again.translation.problems, state.translation.problems);
        assert.deepEqual(
          [...keys(again.translation.ir.clusters)],
          [...keys(state.translation.ir.clusters)],
        );
      }),
      runs,
    );
  });
}
