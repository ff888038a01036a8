import test from 'ava';

import { entries } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { outcomesFor } from '../../../src/status/outcomes.ts';
import { statusFor } from '../../../src/status/status.ts';
import {
  aHost,
  aListener,
  aMapping,
  annotated,
  aService,
  inAnnotation,
  step,
  storeOf,
  type Manifest,
} from '../../_support/world/builders.ts';

const stored = (object: Manifest): Manifest => ({
  ...object,
  metadata: { ...object.metadata, uid: `uid of ${String(object.metadata['name'])}` },
});

const carrying = (key: string, ...carried: readonly Manifest[]): Manifest =>
  stored(
    annotated(aService(key), { 'getambassador.io/config': carried.map(inAnnotation).join('\n') }),
  );

/** The owners that are told something, and what is wrong. */
const told = (...objects: readonly Manifest[]): readonly string[] => {
  const store = storeOf(aListener(), aHost('default/all'), ...objects);
  const graph = atOnce(outcomesFor('default'))(undefined, {
    store,
    translation: step(undefined, store),
  });
  return [...entries(graph.outcomes.output)].flatMap(([object, outcome]) => {
    const status = statusFor(outcome, { _tag: 'Acknowledged' });
    const conditions = 'conditions' in status ? status.conditions : [];
    const faults = conditions.filter((one) => one.status === 'False').map((one) => one.message);
    return [`${object} (${outcome.version.uid})`, ...faults];
  });
};

test('the owner of what carries objects is told what is wrong with them, and nobody at the objects', (t) => {
  t.deepEqual(
    told(
      carrying('default/web', aMapping('default/good'), aMapping('default/bad', { weight: 101 })),
    ),
    [
      'Service default/web (uid of web)',
      'metadata.annotations[getambassador.io/config], document 2, Mapping default/bad: weight: expected an integer from 0 to 100, got 101; the rest of the object is in effect',
    ],
  );
});

test('what is in an annotation for other installations is their business', (t) => {
  const theirs = aMapping('default/bad', { weight: 101, ambassador_id: ['other'] });

  t.deepEqual(told(carrying('default/web', theirs)), ['Service default/web (uid of web)']);
});

test('who takes a name that is taken is told', (t) => {
  t.deepEqual(
    told(
      stored(aMapping('default/a')),
      carrying('default/web', aMapping('default/a'), aMapping('default/b')),
      carrying('default/zoo', aMapping('default/b')),
    ),
    [
      'Service default/web (uid of web)',
      'metadata.annotations[getambassador.io/config], document 1, Mapping default/a: is defined already in Mapping default/a, which counts; the rest of the object is in effect',
      'Service default/zoo (uid of zoo)',
      'metadata.annotations[getambassador.io/config], document 1, Mapping default/b: is defined already in Service default/web, document 2, which counts; the rest of the object is in effect',
      'Mapping default/a (uid of a)',
    ],
  );
});
