import test from 'ava';

import { get } from '../../../src/collection/collection.ts';
import { newPlane, stepPlane, type Plane } from '../../../src/plane/plane.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { allProblems } from '../../../src/translate/assemble/problems.ts';
import type { Disconnected, Refusal, Verdict } from '../../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { aBatch, nothingOf } from '../../_support/world/batches.ts';
import { aHost, aListener, aMapping, applied } from '../../_support/world/builders.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const step = stepPlane(options);

const frame = [
  aListener('default/http', { port: 8080 }),
  aHost('default/all', { hostname: '*' }),
  aMapping('default/old', { prefix: '/old/' }),
];

/** Publication 1 is what every Envoy accepts; 2 has a Mapping more. */
const begun = step(newPlane(options), aBatch(0, ...nothingOf(), ...frame.map(applied)));

const table = 'listener-8080/cleartext';
const no = (version = '2', more: Partial<Refusal> = {}): Refusal => ({
  ...{ typeUrl: TypeUrl.ScopedRoutes, name: table, version, message: 'no' },
  ...more,
});

const own = { node: 'own', stream: 1 };
const second = { node: 'second', stream: 2 };
const remote = { node: 'edge', stream: 3, client: 'edge.example' };
type Envoy = Pick<Verdict, 'node' | 'stream' | 'client'>;

const says = (envoy: Envoy, seq: number, ...refused: readonly Refusal[]): Verdict => ({
  ...{ _tag: 'Verdict', seq, refused },
  ...envoy,
});
const leaves = ({ node, stream }: typeof own): Disconnected => ({
  ...{ _tag: 'Disconnected', node, stream },
});

const hear = (plane: Plane, at: number, ...events: readonly (Verdict | Disconnected)[]): Plane =>
  events.reduce((so, event) => step(so, aBatch(at, event)), plane);

/** These Envoys hold publication 1, and a new Mapping is published to them. */
const withNew = (...envoys: readonly Envoy[]): Plane =>
  step(
    hear(begun, 1, ...envoys.map((one) => says(one, 1))),
    aBatch(2, applied(aMapping('default/new', { prefix: '/new/' }))),
  );

const convicted = ({ published }: Plane): readonly string[] =>
  published?.convicted.map(({ object }) => object) ?? [];

const problems = ({ published }: Plane): readonly string[] =>
  published === undefined ? [] : allProblems(published.translation.problems).map(showProblem);

test('what the one Envoy there is refuses is withheld', (t) => {
  t.deepEqual(convicted(hear(withNew(own), 3, says(own, 2, no()))), ['Mapping default/new']);
});

test('what one of two refuses and the other takes is withheld from nobody, and it is said', (t) => {
  const refusal = 'refused listener-8080/cleartext: no';
  for (const order of [
    [says(own, 2), says(second, 2, no())],
    [says(second, 2, no()), says(own, 2)],
  ]) {
    const plane = hear(withNew(own, second), 3, ...order);
    t.deepEqual(convicted(plane), []);
    t.deepEqual(
      problems(plane),
      ['Host default/all', 'Mapping default/new', 'Mapping default/old'].map(
        (object) => `${object}: 1 of 2 connected Envoys (second) ${refusal}`,
      ),
    );
  }
});

test('what was accepted long ago is said as well when an Envoy comes that refuses it', (t) => {
  const plane = hear(begun, 3, says(own, 1), says(second, 1, no('1')));
  t.deepEqual(convicted(plane), []);
  t.is(problems(plane).length, 2);
  t.true(problems(plane).every((line) => line.includes('1 of 2 connected Envoys (second)')));
});

test('what both refuse is withheld, whoever is first, and judged once', (t) => {
  const plane = hear(withNew(own, second), 3, says(own, 2, no()), says(second, 2, no()));
  t.deepEqual(convicted(plane), ['Mapping default/new']);
  t.is(plane.published?.snapshot.seq, 3);
  t.deepEqual(problems(plane), ['Mapping default/new: Envoy refused listener-8080/cleartext: no']);
});

test('nothing is withheld as long as the other has not answered', (t) => {
  const plane = hear(withNew(own, second), 3, says(own, 2, no()));
  t.deepEqual(convicted(plane), []);
  t.deepEqual(problems(plane), []);
  t.deepEqual(convicted(hear(plane, 4, leaves(second))), ['Mapping default/new'], 'it is gone');
  t.deepEqual(convicted(hear(plane, 30_002, says(own, 2, no(), no('2', { name: 'x' })))), []);
  t.deepEqual(
    convicted(hear(plane, 30_004, says(own, 2, no(), no('2', { name: 'x' })))),
    ['Mapping default/new'],
    'it has been silent for half a minute',
  );
});

test('an Envoy elsewhere has no vote beside one of this machine', (t) => {
  const refusing = hear(withNew(own, remote), 3, says(remote, 2, no()), says(own, 2));
  t.deepEqual(convicted(refusing), []);
  t.true(problems(refusing).every((line) => line.includes('1 of 2 connected Envoys (edge)')));
  const quiet = hear(withNew(own, remote), 3, says(own, 2, no()));
  t.deepEqual(convicted(quiet), ['Mapping default/new'], 'nor is it waited for');
});

test('where all Envoys are elsewhere, each has a vote, whatever it calls itself', (t) => {
  const twin = { ...remote, stream: 4 };
  const plane = withNew(remote, twin);
  t.deepEqual(convicted(hear(plane, 3, says(twin, 2, no()), says(remote, 2))), []);
  t.deepEqual(convicted(hear(plane, 3, says(twin, 2, no()), says(remote, 2, no()))), [
    'Mapping default/new',
  ]);
});

test('a yes to routes says nothing of an Envoy that does without their listener', (t) => {
  const unbound = no('1', {
    ...{ typeUrl: TypeUrl.Listener, name: 'listener-8080' },
    message:
      "Error adding/updating listener(s) listener-8080: cannot bind '0.0.0.0:8080': Address already in use",
  });
  const plane = hear(withNew(own, second), 3, says(second, 2, unbound), says(own, 2, no()));
  t.deepEqual(convicted(plane), ['Mapping default/new']);
  const unasked = { ...says(second, 2), unasked: [TypeUrl.ScopedRoutes] };
  t.deepEqual(convicted(hear(withNew(own, second), 3, unasked, says(own, 2, no()))), [
    'Mapping default/new',
  ]);
});

test('what is gone is forgotten: its refusals are said no more', (t) => {
  const plane = hear(withNew(own, second), 3, says(own, 2), says(second, 2, no()));
  t.is(problems(plane).length, 3);
  t.deepEqual(problems(hear(plane, 4, leaves(second))), []);
});

test('answers in turn publish nothing new', (t) => {
  const plane = hear(withNew(own, second), 3, says(own, 2), says(second, 2, no()));
  const seq = plane.published?.snapshot.seq ?? 0;
  for (const order of [
    [own, second],
    [second, own],
  ]) {
    const after = order.reduce(
      (so, envoy) => hear(so, 4, says(envoy, seq, ...(envoy === second ? [no()] : []))),
      plane,
    );
    t.is(after.published, plane.published);
  }
});

test('of what a client refuses no more is kept and said than the bounds allow', (t) => {
  const mappings = Array.from({ length: 300 }, (_, i) =>
    applied(aMapping(`default/m${i}`, { prefix: `/m${i}/` })),
  );
  const crowd = step(begun, aBatch(1, ...mappings));
  const flood = Array.from({ length: 2_000 }, (_, i) => no('1', { name: `no such ${i}` }));
  const plane = hear(crowd, 3, says(own, 2), says(second, 2, no(), ...flood));
  t.is(problems(plane).length, 250);
  t.is(get(plane.answers, '2')?.refused.size, 1_000);
});
