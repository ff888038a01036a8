import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { get, keys } from '../../../../src/collection/collection.ts';
import type { Resource } from '../../../../src/xds/resource.ts';
import { runtimeLayer } from '../../../../src/xds/runtime.ts';
import type { Snapshot } from '../../../../src/xds/snapshot.ts';
import { TypeUrl, typeUrls } from '../../../../src/xds/type-url.ts';
import { fakeEnvoy } from '../../../_support/xds/fake-envoy.ts';
import { aHistory, lived } from '../../../_support/xds/xds-happening.ts';
import * as rigs from '../../../_support/xds/xds-rig.ts';
import {
  aCluster,
  aListener,
  aRuntime,
  aSecret,
  aSnapshot,
  endpointsOf,
  routesOf,
} from '../../../_support/xds/xds-world.ts';

/** 0: absent; 1 and 2: versions. An Envoy that is picky about a name refuses its version 2. */
const version = fc.nat({ max: 2 });
const four = fc.array(version, { minLength: 4, maxLength: 4 });
const plan = fc.record({
  runtime: version,
  clusters: four,
  endpoints: four,
  secrets: four,
  listeners: four,
  routes: four,
  targets: fc.array(fc.nat({ max: 15 }), { minLength: 4, maxLength: 4 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

const names = ['a', 'b', 'c', 'd'];
const present = (versions: readonly number[]): readonly [string, string][] =>
  names.flatMap((name, i) => (versions[i] === 0 ? [] : [[name, String(versions[i])]]));

/** A consistent snapshot: routes and listeners refer only to clusters that are in it. */
const snapshotOf = (seq: number, { targets, ...plan }: Plan): Snapshot => {
  const clusters = present(plan.clusters);
  const usedBy = (i: number): readonly string[] =>
    clusters.flatMap(([name], bit) => ((targets[i] ?? 0) & (1 << bit) ? [name] : []));
  return aSnapshot(seq, {
    runtime: plan.runtime === 0 ? [] : [aRuntime(String(plan.runtime))],
    clusters: clusters.map(([name, v]) => aCluster(name, v, v === '2' ? [name] : [])),
    endpoints: present(plan.endpoints).map(([name, v]) => endpointsOf(name, v)),
    secrets: present(plan.secrets).map(([name, v]) => aSecret(name, v)),
    listeners: present(plan.listeners).map(([name, v], i) => {
      const used = usedBy(3 - i);
      return aListener(name, `${v} ${used.join('')}`, {
        routes: [name],
        secrets: [name],
        clusters: used,
      });
    }),
    routes: present(plan.routes).map(([name, v], i) => {
      const used = usedBy(i);
      return routesOf(name, `${v} ${used.join('')}`, used);
    }),
  });
};

/** What the Envoy holds in the end, beside what it should hold, but for what it refuses. */
const outcome = ({ envoy, snapshot }: rigs.Rig) => {
  if (snapshot === undefined) return { actual: [], expected: [] };
  const isWanted = (typeUrl: TypeUrl, name: string): boolean =>
    typeUrl === TypeUrl.Cluster ||
    typeUrl === TypeUrl.Listener ||
    envoy.types[typeUrl].names.has(name);
  const refusing = (typeUrl: TypeUrl, name: string): boolean => {
    const there = get(snapshot.resources[typeUrl], name);
    return there !== undefined && envoy.refuses(there);
  };
  const keepsOld = [TypeUrl.Cluster, TypeUrl.Listener, TypeUrl.Routes].some((t) =>
    [...keys(snapshot.resources[t])].some((name) => isWanted(t, name) && refusing(t, name)),
  );
  const expected = typeUrls.flatMap((t) =>
    [...keys(snapshot.resources[t])]
      .filter((name) => isWanted(t, name) && !refusing(t, name))
      .map((name) => `${t} ${name} ${get(snapshot.resources[t], name)?.version}`),
  );
  const actual = typeUrls.flatMap((t) =>
    [...envoy.types[t].held.values()]
      .filter(({ name }) => !refusing(t, name))
      .filter(({ name }) => !keepsOld || get(snapshot.resources[t], name) !== undefined)
      .map(({ name, version: held }) => `${t} ${name} ${held}`),
  );
  return { actual: actual.sort(), expected: expected.sort() };
};

test('an Envoy ends with what there is, but for what it refuses, whatever happens on the way', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        aHistory(plan),
        fc.subarray([
          `${TypeUrl.Runtime} ${runtimeLayer}`,
          ...typeUrls.flatMap((typeUrl) => names.map((name) => `${typeUrl} ${name}`)),
        ]),
        fc.boolean(),
        fc.boolean(),
        (history, picky, isPicky, appliesOthers) => {
          const refuses = ({ typeUrl, name, version: v }: Resource): boolean =>
            isPicky && v.startsWith('2') && picky.includes(`${typeUrl} ${name}`);
          const tolerates = (cluster: string): boolean =>
            isPicky && picky.includes(`${TypeUrl.Cluster} ${cluster}`);
          const envoy = fakeEnvoy({ refuses, appliesOthers, tolerates });
          const rig = lived(rigs.aRig(envoy), history, snapshotOf, aSnapshot(1_000, {}));
          const { actual, expected } = outcome(rig);
          assert.deepEqual(rig.envoy.complaints, []);
          assert.deepEqual(actual, expected);
          assert.equal(rig.verdicts.at(-1)?.seq, rig.snapshot?.seq);
          assert.ok(rig.sent.length <= 60 * (history.length + 1));
        },
      ),
      { numRuns: 1_500, seed: 1, includeErrorInReport: true },
    ),
  );
});
