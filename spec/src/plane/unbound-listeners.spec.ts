import test from 'ava';

import { get } from '../../../src/collection/collection.ts';
import type { EnvoyEvent } from '../../../src/xds/session/discovery.ts';
import { newPlane, stepPlane, type Plane } from '../../../src/plane/plane.ts';
import { allProblems } from '../../../src/translate/assemble/problems.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { aBatch, nothingOf } from '../../_support/world/batches.ts';
import { aHost, aListener, aMapping, applied } from '../../_support/world/builders.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const step = stepPlane(options);

const world = [
  aListener('default/http', { port: 8080 }),
  aHost('default/all', { hostname: '*' }),
  aMapping('default/web', { prefix: '/' }),
];

const begun = step(newPlane(options), aBatch(0, ...nothingOf(), ...world.map(applied)));

const name = 'listener-8080';
const taken = (reason = 'Address already in use') => ({
  ...{ typeUrl: TypeUrl.Listener, name, version: '1' },
  message: `Error adding/updating listener(s) ${name}: cannot bind '0.0.0.0:8080': ${reason}`,
});

const says = (seq: number, ...refused: ReturnType<typeof taken>[]): EnvoyEvent => ({
  ...{ _tag: 'Verdict', node: 'own', stream: 1, seq, refused },
});

const after = (plane: Plane, ...events: readonly EnvoyEvent[]): Plane =>
  events.reduce((so, event) => step(so, aBatch(1, event)), plane);

const problems = ({ published }: Plane): readonly string[] =>
  published === undefined ? [] : allProblems(published.translation.problems).map(showProblem);

const said =
  'Listener default/http: spec.port: Envoy cannot listen on 0.0.0.0:8080: Address already in use; it is tried again';

/** What follows from it, for the objects that are on that Listener alone. */
const unserved = (...objects: readonly string[]): readonly string[] =>
  objects.map(
    (object) =>
      `${object}: not served, because Listener default/http is not open: Envoy cannot listen on 0.0.0.0:8080: Address already in use`,
  );

test('a port that is taken is said of its Listener and of what is served there; nobody is convicted', (t) => {
  const plane = after(begun, says(1, taken()));
  t.deepEqual(problems(plane), [
    ...unserved('Host default/all'),
    said,
    ...unserved('Mapping default/web'),
  ]);
  t.deepEqual(plane.published?.convicted, []);
  t.truthy(plane.published && get(plane.published.snapshot.resources[TypeUrl.Listener], name));
  t.is(plane.published?.snapshot.seq, 2);
  t.is(after(plane, says(2, taken())).published, plane.published, 'the same is not said again');
});

test('what a Listener says counts as accepted, so that it is what a bad edit falls back to', (t) => {
  const plane = after(begun, says(1, taken()));
  t.is(plane.quarantine.trusted?.seq, 1);
});

test('the problem is gone when the listener is bound, and with the Envoy that had it', (t) => {
  const plane = after(begun, says(1, taken('Permission denied')));
  t.is(problems(plane).length, 3);
  t.deepEqual(problems(after(plane, says(2))), []);
  const gone: EnvoyEvent = { _tag: 'Disconnected', node: 'own', stream: 1 };
  t.deepEqual(problems(after(plane, gone)), []);
});

test('of several Envoys it is said which one has the problem', (t) => {
  const other: EnvoyEvent = { ...says(1), node: 'other', stream: 2 } as EnvoyEvent;
  t.deepEqual(problems(after(begun, other, says(1, taken()))), [
    'Listener default/http: spec.port: 1 of 2 connected Envoys (own) cannot listen on 0.0.0.0:8080: Address already in use; it is tried again',
  ]);
});

test('what is also on a Listener that is open is served; Hosts say that it is not everywhere', (t) => {
  const other = aListener('default/other', { port: 8081 });
  const plane = after(step(begun, aBatch(1, applied(other))), says(2, taken()));
  t.deepEqual(problems(plane), [
    'Host default/all: not served on all its Listeners, because Listener default/http is not open: Envoy cannot listen on 0.0.0.0:8080: Address already in use',
    said,
  ]);

  const own = aListener('default/other', {
    ...{ port: 8081, hostBinding: { selector: { matchLabels: { on: 'other' } } } },
  });
  const elsewhere = aBatch(2, applied(own), applied(aMapping('default/more', { prefix: '/more' })));
  t.deepEqual(problems(step(plane, elsewhere)), [
    ...unserved('Host default/all'),
    said,
    'Listener default/other: spec.hostBinding: no Host binds to this Listener; expected at least one',
    ...unserved('Mapping default/more', 'Mapping default/web'),
  ]);
});

test('nobody is told of the default Host', (t) => {
  const noHost = aBatch(1, { _tag: 'Deleted', kind: 'Host', key: 'default/all' });
  const plane = after(step(begun, noHost), says(2, taken()));
  t.deepEqual(problems(plane), [said, ...unserved('Mapping default/web')]);
});

test('an object that is deleted has no problem any more', (t) => {
  const plane = after(begun, says(1, taken()));
  const deleted = aBatch(2, { _tag: 'Deleted', kind: 'Listener', key: 'default/http' });
  t.false(problems(step(plane, deleted)).some((line) => line.includes('cannot listen')));
});
