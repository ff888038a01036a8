import test from 'ava';

import { keys } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { usersOf } from '../../../src/ir/cluster-users.ts';
import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import type { Translated } from '../../../src/status/outcomes.ts';
import {
  newBook,
  statusIn,
  stepBook,
  type StatusBook,
  type StatusEvent,
  type BookStep,
} from '../../../src/status/status-book.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { aHost, aListener, aMapping, aService } from '../../_support/world/builders.ts';
import { conditionOf, outcomes, world } from '../../_support/world/status-world.ts';

const gateway = [
  aListener('default/http'),
  aHost('default/all'),
  aService('default/web'),
  aService('default/other'),
];

/** Two Mappings of these services. */
const mappings = (a: string, b: string) => [
  aMapping('default/a', { service: a, prefix: '/a/' }),
  aMapping('default/b', { service: b, prefix: '/b/' }),
];

type Published = Extract<StatusEvent, { _tag: 'Published' }>;

/** What is published when the Mappings have these services, one after the other. */
const worlds = (...services: readonly (readonly [a: string, b: string])[]) => {
  const [first = [], ...others] = services.map(([a, b]) => [...gateway, ...mappings(a, b)]);
  return world(first, ...others).map((one, i): Published => ({
    _tag: 'Published',
    seq: i + 1,
    ...one,
  }));
};

/** Refuses the cluster that was made of an object. */
const refusedOf = ({ translation }: Translated, object: ObjectRef) => {
  const { clusters, clusterUsers } = translation.ir;
  const name = [...keys(clusters)].find((key) => usersOf(clusterUsers, key).includes(object));
  if (name === undefined) throw new Error(`no cluster of ${object}`);
  return [{ typeUrl: TypeUrl.Cluster, name, version: '1', message: 'bad' }];
};

const opened = (stream: number): StatusEvent => ({ _tag: 'Opened', stream });

const closed = (stream: number): StatusEvent => ({ _tag: 'Closed', stream });

const answered = (
  stream: number,
  seq: number,
  refused: ReturnType<typeof refusedOf> = [],
): StatusEvent => ({ _tag: 'Answered', stream, seq, refused });

const overdue: StatusEvent = { _tag: 'Overdue', seq: 9999, finally: true };

const step = atOnce(stepBook(outcomes));

const after = (...events: readonly StatusEvent[]): StatusBook =>
  events.reduce((last: BookStep, event) => step(last.book, event), { book: newBook, due: [] }).book;

/** Whether Envoys have the two Mappings, as their owners are told. */
const programmed = (book: StatusBook) =>
  (['Mapping default/a', 'Mapping default/b'] as const).map(
    (object) => conditionOf(statusIn(book, object), 'Programmed')?.reason,
  );

/** The numbers under which it is known what was published. */
const remembered = ({ sent }: StatusBook) => sent.map(({ seq }) => seq);

test('a refusal of what is gone meanwhile is told to whom it was made of', (t) => {
  const [one, two] = worlds(['web', 'https://web'], ['other', 'https://web']);
  if (one === undefined || two === undefined) return t.fail();
  const refused = refusedOf(one, 'Mapping default/a');
  const book = after(opened(1), one, two, answered(1, 1, refused), overdue);
  t.deepEqual(programmed(book), ['RefusedByEnvoy', 'Pending']);
  t.deepEqual(programmed(step(book, answered(1, 2)).book), ['Programmed', 'Programmed']);
});

test('a refusal of what is made of another object meanwhile is not told to that one', (t) => {
  const [one, two] = worlds(['web', 'https://web'], ['other', 'web']);
  if (one === undefined || two === undefined) return t.fail();
  const refused = refusedOf(one, 'Mapping default/a');
  t.deepEqual(refused, refusedOf(two, 'Mapping default/b'));
  const book = after(opened(1), one, two, answered(1, 1, refused), overdue);
  t.deepEqual(programmed(book), ['RefusedByEnvoy', 'Pending']);
});

test('a refusal that is heard of before what it is about is understood when that is known', (t) => {
  const [one, two] = worlds(['web', 'https://web'], ['other', 'web']);
  if (one === undefined || two === undefined) return t.fail();
  const early = [answered(1, 2, refusedOf(two, 'Mapping default/b')), two];
  const book = after(opened(1), one, answered(1, 1), ...early, overdue);
  t.deepEqual(programmed(book), ['Programmed', 'RefusedByEnvoy']);
  t.is(book.early.size, 0);
  t.is(after(opened(1), one, ...early.slice(0, 1), closed(1)).early.size, 0);
});

test('what was published is remembered until no Envoy can answer it any more', (t) => {
  const [one, two, three] = worlds(['web', 'web'], ['other', 'web'], ['web', 'other']);
  if (one === undefined || two === undefined || three === undefined) return t.fail();
  t.deepEqual(remembered(after(one, two)), [2]);
  const both = [opened(1), one, opened(2), two, answered(1, 2), three];
  t.deepEqual(remembered(after(...both)), [1, 2, 3]);
  t.deepEqual(remembered(after(...both, answered(2, 1))), [1, 2, 3]);
  t.deepEqual(remembered(after(...both, answered(2, 2))), [2, 3]);
  t.deepEqual(remembered(after(...both, closed(2))), [2, 3]);
  t.deepEqual(remembered(after(...both, closed(2), opened(3), answered(1, 3))), [3]);
  t.deepEqual(remembered(after(...both, closed(2), closed(1))), [3]);
});

test('what is forgotten of an Envoy that does not answer tells nobody anything', (t) => {
  const [one, two] = worlds(['web', 'https://web'], ['other', 'web']);
  if (one === undefined || two === undefined) return t.fail();
  const changes = Array.from({ length: 1999 }, (_, i): StatusEvent => ({ ...two, seq: i + 2 }));
  const book = after(opened(1), one, ...changes, overdue);
  t.is(book.sent.length, 1024);
  t.is(book.sent.at(0)?.seq, 977);
  const behind = step(book, answered(1, 1, refusedOf(one, 'Mapping default/a'))).book;
  t.deepEqual(programmed(behind), ['Pending', 'Pending']);
  t.deepEqual(programmed(step(behind, answered(1, 2000)).book), ['Programmed', 'Programmed']);
});
