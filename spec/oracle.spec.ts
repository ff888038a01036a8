import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, keys, values } from '../src/collection/collection.ts';
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
import { eventsOf, someHistory } from './_support/world/small-world.ts';
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

const start = applyAll(
  emptyStore,
  listed([
    aListener('default/l1'),
    aHost('default/h1'),
    aHost('shop/h3', { hostname: '*.example' }),
    aService('default/web'),
  ]),
);

const advance = (before: State | undefined, store: ObjectStore, translated = step): State => {
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
});

const runs = { numRuns: 50 };

test('by change equals from scratch, after every batch of every history', (t) => {
  holds(
    t,
    fc.property(someHistory, (history) => {
      let state: State | undefined;
      for (const batch of history) {
        state = advance(state, applyAll(state?.store ?? start, batch.flatMap(eventsOf)));
        assert.deepEqual(said(state), said(advance(undefined, state.store)));
      }
    }),
    runs,
  );
});

test('by change equals from scratch where namespaces are isolated', (t) => {
  const isolated = translate({ ambassadorId: 'default', namespace: 'default', isolation: true });
  holds(
    t,
    fc.property(someHistory, (history) => {
      let state: State | undefined;
      for (const batch of history) {
        const store = applyAll(state?.store ?? start, batch.flatMap(eventsOf));
        state = advance(state, store, isolated);
        assert.deepEqual(said(state), said(advance(undefined, store, isolated)));
      }
    }),
    runs,
  );
});

test('the batching does not matter', (t) => {
  holds(
    t,
    fc.property(someHistory, (history) => {
      let oneByOne: State | undefined;
      for (const event of history.flat().flatMap(eventsOf))
        oneByOne = advance(oneByOne, applyAll(oneByOne?.store ?? start, [event]));
      const atOnce = advance(undefined, applyAll(start, history.flat(2).flatMap(eventsOf)));
      assert.deepEqual(oneByOne && said(oneByOne), said(atOnce));
    }),
    runs,
  );
});

test('equal stores give equal bytes, whatever happened before', (t) => {
  holds(
    t,
    fc.property(someHistory, someHistory, (detour, history) => {
      const target = applyAll(start, history.flat(2).flatMap(eventsOf));
      let state: State | undefined;
      for (const batch of detour)
        state = advance(state, applyAll(state?.store ?? start, batch.flatMap(eventsOf)));
      const store = syncedStore(target);
      const back: ObjectStore = { ...store, listed: new Set(store.listed) };
      assert.deepEqual(said(advance(state, back)), said(advance(undefined, target)));
    }),
    runs,
  );
});

test('every snapshot is whole: what a resource names is there', (t) => {
  let routes = 0;
  holds(
    t,
    fc.property(someHistory, (history) => {
      let state: State | undefined;
      for (const batch of history) {
        state = advance(state, applyAll(state?.store ?? start, batch.flatMap(eventsOf)));
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

test('a batch that changes nothing gives the same resources', (t) => {
  holds(
    t,
    fc.property(someHistory, (history) => {
      const store = applyAll(start, history.flat(2).flatMap(eventsOf));
      const state = advance(undefined, store);
      const again = advance(
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
