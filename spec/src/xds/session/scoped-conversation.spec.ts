import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { values } from '../../../../src/collection/collection.ts';
import type { Resource } from '../../../../src/xds/resource.ts';
import type { Snapshot } from '../../../../src/xds/snapshot.ts';
import { TypeUrl, typeUrls } from '../../../../src/xds/type-url.ts';
import { fakeEnvoy, keyOf } from '../../../_support/xds/fake-envoy.ts';
import {
  aScopedPlan,
  scopedNames,
  scopedSnapshot,
  type ScopedPlan,
} from '../../../_support/xds/scoped-plans.ts';
import { aHistory, lived, type Happening } from '../../../_support/xds/xds-happening.ts';
import * as rigs from '../../../_support/xds/xds-rig.ts';
import { aSnapshot } from '../../../_support/xds/xds-world.ts';

const ended = (
  envoy: rigs.Rig['envoy'],
  history: readonly Happening<ScopedPlan>[],
  maxBytes?: number,
) => {
  const rig = lived(rigs.aRig(envoy, maxBytes), history, scopedSnapshot, aSnapshot(1_000, {}));
  assert.deepEqual(rig.envoy.complaints, []);
  assert.equal(rig.verdicts.at(-1)?.seq, rig.snapshot?.seq);
  assert.ok(rig.sent.length <= 80 * (history.length + 1));
  return rig;
};

const keysOf = (resources: Iterable<Resource>): readonly string[] =>
  [...resources].map(keyOf).sort();

const isNeeded = ({ envoy }: rigs.Rig, { typeUrl, name }: Resource): boolean =>
  typeUrl === TypeUrl.ScopedRoutes
    ? envoy.scoping.hasAsked
    : typeUrl === TypeUrl.Cluster ||
      typeUrl === TypeUrl.Listener ||
      envoy.types[typeUrl].names.has(name);

const wanted = (rig: rigs.Rig, { resources }: Snapshot) =>
  typeUrls.flatMap((t) => [...values(resources[t])]).filter((one) => isNeeded(rig, one));

test('an Envoy ends with all scopes and serves them, whatever happens on the way', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        aHistory(aScopedPlan),
        fc.boolean(),
        fc.constantFrom(undefined, 1),
        (history, asksScopesFirst, maxBytes) => {
          const rig = ended(fakeEnvoy({ asksScopesFirst }), history, maxBytes);
          const { types, scoping } = rig.envoy;
          const held = typeUrls.flatMap((type) => [...types[type].held.values()]);
          assert.deepEqual(keysOf(held), keysOf(wanted(rig, rig.snapshot ?? aSnapshot(0, {}))));
          const { [TypeUrl.Listener]: listeners, [TypeUrl.ScopedRoutes]: scopes } = types;
          assert.deepEqual(keysOf(scoping.serving.values()), keysOf(listeners.held.values()));
          if (scoping.scopes !== undefined)
            assert.deepEqual(keysOf(scoping.scopes.values()), keysOf(scopes.held.values()));
        },
      ),
      { numRuns: 2_000, seed: 1, includeErrorInReport: true },
    ),
  );
});

test('an Envoy that refuses scopes or filters finds a scope for every request all the same', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        aHistory(aScopedPlan),
        fc.subarray([...scopedNames]),
        fc.boolean(),
        fc.boolean(),
        (history, picky, appliesOthers, asksScopesFirst) => {
          const refuses = ({ name, version }: Resource): boolean =>
            version.startsWith('2') && picky.includes(name);
          const tolerates = (name: string): boolean => picky.includes(name);
          ended(fakeEnvoy({ refuses, appliesOthers, asksScopesFirst, tolerates }), history);
        },
      ),
      { numRuns: 2_000, seed: 1, includeErrorInReport: true },
    ),
  );
});

/** Everything there is, with the first table in one of its layouts. */
type Layout = 0 | 1 | 2;

const plan = (layout: Layout, isThere = true): ScopedPlan => ({
  listeners: [0, 1, 2].map(() => ({ isThere, version: '1', isShared: false, isFiltered: true })),
  tables: [layout, 0 as Layout, 0 as Layout].map((one) => ({
    layout: one,
    isKept: false,
    versions: ['1', '1', '1'],
    gate: '1',
    clusters: 7,
  })),
  clusters: 7,
  filter: { version: '1', clusters: 7 },
});

const settled = (rig: rigs.Rig, seq: number, one: ScopedPlan): rigs.Rig =>
  rigs.settle(rigs.publish(rig, scopedSnapshot(seq, one)));

/** The scopes that were sent. */
const saidAfter = (rig: rigs.Rig, before: rigs.Rig) =>
  rig.sent
    .slice(before.sent.length)
    .filter(({ typeUrl }) => typeUrl === TypeUrl.ScopedRoutes)
    .map(({ resources, removed }) =>
      [
        ...resources.map(({ name }) => name).sort(),
        ...removed.map((name) => `-${name}`).sort(),
      ].join(' '),
    );

test('a table is cut and joined: what requests find comes before they look for it', (t) => {
  const before = settled(rigs.aRig(fakeEnvoy()), 1, plan(0));
  const cut = settled(before, 2, plan(1));
  t.deepEqual(saidAfter(cut, before), ['a#127.64.0 a#127.64.1', 'a']);
  const finer = settled(cut, 3, plan(2));
  t.deepEqual(saidAfter(finer, cut), [
    'a#2.512.0 a#2.512.1 a#2.512.2',
    'a',
    '-a#127.64.0 -a#127.64.1',
  ]);
  const joined = settled(finer, 4, plan(0));
  t.deepEqual(saidAfter(joined, finer), ['a', '-a#2.512.0 -a#2.512.1 -a#2.512.2']);
});

test('scopes of a listener that is gone stay while connections through it are left', (t) => {
  let rig = settled(rigs.aRig(fakeEnvoy()), 1, plan(2));
  rig = rigs.publish(rig, scopedSnapshot(2, plan(2, false)));
  while (rig.toServer.length + rig.toEnvoy.length > 0)
    rig = rigs.deliverResponse(rigs.deliverRequest(rig));
  t.is(rig.envoy.scoping.draining.length, 3);
  t.is(rig.envoy.types[TypeUrl.ScopedRoutes].held.size, 6);
  rig = rigs.settle(rig);
  t.is(rig.envoy.types[TypeUrl.ScopedRoutes].held.size, 0);
  t.deepEqual(rig.envoy.complaints, []);
});
