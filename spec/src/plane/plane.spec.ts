import test from 'ava';

import { entries, keys } from '../../../src/collection/collection.ts';
import { finish } from '../../../src/collection/work.ts';
import { objectKey } from '../../../src/ir/object-ref.ts';
import { worldEvents, merged, type Batch } from '../../../src/journal/batch.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { learnt, type Known } from '../../../src/plane/known.ts';
import { making } from '../../../src/plane/made.ts';
import { newPlane, stepPlane, type Plane } from '../../../src/plane/plane.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { aBatch, aResolver, nothingOf } from '../../_support/world/batches.ts';
import { aHost, aListener, aMapping, applied, listed } from '../../_support/world/builders.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const step = stepPlane(options);
const make = making(options.translation);

const some = aBatch(0, ...nothingOf(...kinds.slice(1)));
const last = aBatch(0, ...nothingOf('Listener'));
const all = aBatch(0, ...nothingOf());
const a = aBatch(0, aResolver('a'));
const b = aBatch(0, aResolver('b'), aResolver('c'));
const verdict = aBatch(0, { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] });

/** The planes after each of some batches. */
const planes = (...batches: readonly Batch[]): readonly Plane[] =>
  batches.reduce<readonly Plane[]>(
    (so, batch) => [...so, step(so.at(-1) ?? newPlane(options), batch)],
    [],
  );

const resolvers = ({ store }: Plane): string =>
  [...keys(store.objects.KubernetesServiceResolver)].sort().join(' ');

const seq = ({ published }: Plane): number | undefined => published?.snapshot.seq;

/** Everything Envoys and users are told, in plain values. */
const said = ({ published }: Plane): unknown =>
  published && {
    seq: published.snapshot.seq,
    sent: typeUrls.map((typeUrl) => [...entries(published.snapshot.resources[typeUrl])]),
    problems: [...entries(published.translation.problems)],
  };

test('nothing is published until every kind has been listed', (t) => {
  t.deepEqual(planes(some, verdict, last).map(seq), [undefined, undefined, 1]);
});

test('each batch that says something new is known after it', (t) => {
  t.deepEqual(planes(all, a, b, verdict).map(resolvers), [
    '',
    'default/a',
    'default/a default/b default/c',
    'default/a default/b default/c',
  ]);
});

test('what came before everything was listed is kept', (t) => {
  t.deepEqual(planes(some, a, last).map(resolvers), ['', 'default/a', 'default/a']);
});

test('a batch that changes nothing leaves the plane as it is, but every answer of an Envoy is heard', (t) => {
  const [, known, again, answered] = planes(all, a, a, verdict);

  t.is(again, known);
  t.is(answered?.store, known?.store);
  t.is(known?.quarantine.trusted, undefined);
  t.is(answered?.quarantine.trusted?.seq, 1);
});

const world = [aListener('default/l1'), aHost('default/h1')];
const sites = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    aMapping(`default/m${first + i}`, { hostname: `h${first + i}.example` }),
  );

test('nothing is left to do where everything was worked out ahead', (t) => {
  const [plane = newPlane(options)] = planes(aBatch(0, ...listed(world)));
  const more = aBatch(1, ...sites(0, 9).map(applied));
  const ahead = finish(learnt(make, plane, worldEvents(more), 2));
  const after = step(plane, more, ahead);

  t.is(after.store, ahead.store);
  t.is(after.made?.translation.ir.virtualHosts, ahead.made?.translation.ir.virtualHosts);
  for (const typeUrl of typeUrls)
    t.is(after.published?.snapshot.resources[typeUrl], ahead.made?.graph.resources[typeUrl]);
  t.deepEqual(said(after), said(step(plane, more)));
});

test('nothing is published again where what was worked out ahead is equal and not the same', (t) => {
  const [plane = newPlane(options)] = planes(aBatch(0, ...listed([...world, ...sites(0, 9)])));
  const again = aBatch(1, ...listed([...world, ...sites(0, 9)]));
  const ahead = finish(learnt(make, newPlane(options), worldEvents(again), 2));

  t.not(ahead.made?.graph.resources, plane.made?.graph.resources);
  t.is(step(plane, again, ahead).published, plane.published);
});

test('a table is cut as it was published, not as it would have been for a while', (t) => {
  const [plane = newPlane(options)] = planes(aBatch(0, ...listed([...world, ...sites(0, 200)])));
  const more = aBatch(1, ...sites(200, 60).map(applied));
  const fewer = aBatch(
    2,
    ...sites(0, 30).map(({ metadata }) => {
      const key = objectKey(String(metadata.namespace), String(metadata.name));
      return { _tag: 'Deleted', kind: 'Mapping', key } as const;
    }),
  );
  const whole = merged(more, [fewer]);
  const known = finish(learnt(make, plane, worldEvents(more), 100));
  const ahead = finish(learnt(make, known, worldEvents(fewer), 100));

  const after = step(plane, whole, ahead);

  t.not(pieces(ahead), pieces(plane));
  t.is(pieces(after), pieces(plane));
  t.deepEqual(said(after), said(step(plane, whole)));
});

/** Into how many pieces tables are cut. */
const pieces = ({ made }: Known): number | undefined =>
  made?.graph.resources[TypeUrl.ScopedRoutes].size;
