import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, keys } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { usersOf } from '../../../src/ir/cluster-users.ts';
import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import {
  newBook,
  statusIn,
  stepBook,
  type StatusEvent,
  type BookStep,
} from '../../../src/status/status-book.ts';
import { statusFor, type Status } from '../../../src/status/status.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { holds } from '../../_support/property/property.ts';
import { aHost, aListener, aMapping, aService, listed } from '../../_support/world/builders.ts';
import { eventsOf } from '../../_support/property/happening.ts';
import { someHistory } from '../../_support/world/small-world.ts';
import {
  conditionOf,
  outcomes,
  translatedStore,
  versioned,
  world,
} from '../../_support/world/status-world.ts';

const step = atOnce(stepBook(outcomes));

/** What Envoys and time do between two publications. */
const interlude = fc.array(
  fc.oneof(
    fc.record({ _tag: fc.constantFrom('Opened' as const, 'Closed' as const), stream: fc.nat(2) }),
    fc.record({ _tag: fc.constant('Answered' as const), stream: fc.nat(2), behind: fc.nat(3) }),
    fc.record({ _tag: fc.constant('Overdue' as const), behind: fc.nat(3), finally: fc.boolean() }),
  ),
  { maxLength: 4 },
);

test('whatever came in between, in the end each owner was told what is so', (t) => {
  holds(
    t,
    fc.property(
      someHistory,
      fc.array(interlude, { minLength: 8, maxLength: 8 }),
      (history, all) => {
        const told = new Map<ObjectRef, Status>();
        let last: BookStep = { book: newBook, due: [] };
        const happens = (event: StatusEvent): void => {
          last = step(last.book, event);
          for (const object of last.due) {
            const status = statusIn(last.book, object);
            if (status === undefined) told.delete(object);
            else told.set(object, status);
          }
        };
        let store = applyAll(emptyStore, versioned(listed([]), 0));
        let latest = translatedStore(store);
        happens({ _tag: 'Published', seq: 1, ...latest });
        for (const [i, batch] of history.entries()) {
          const seq = i + 2;
          store = applyAll(store, versioned(batch.flatMap(eventsOf), seq));
          latest = translatedStore(store, latest.translation);
          happens({ _tag: 'Published', seq, ...latest });
          for (const event of all[i] ?? []) {
            const at = 'behind' in event ? Math.max(1, seq - event.behind) : seq;
            happens({ refused: [], ...event, seq: at } as StatusEvent);
          }
        }
        for (const stream of [0, 1, 2]) {
          happens({ _tag: 'Opened', stream });
          happens({ _tag: 'Answered', stream, seq: 100, refused: [] });
        }

        const expected = [...entries(atOnce(outcomes)(undefined, latest).outcomes.output)].map(
          ([object, outcome]) => [object, statusFor(outcome, { _tag: 'Acknowledged' })] as const,
        );
        assert.deepEqual(
          new Map([...told].sort(([a], [b]) => (a < b ? -1 : 1))),
          new Map(expected.sort(([a], [b]) => (a < b ? -1 : 1))),
        );
        assert.equal(last.book.fresh.size + last.book.late.size, 0);
      },
    ),
    { numRuns: 50 },
  );
});

test('of what an Envoy refuses, those are told whose objects it was made of, and others are in force', (t) => {
  const gateway = [aListener('default/http'), aHost('default/all'), aService('default/web')];
  const mappings = [
    aMapping('default/a', { service: 'web', prefix: '/a/' }),
    aMapping('default/b', { service: 'https://web', prefix: '/b/' }),
  ];
  const [one] = world([...gateway, ...mappings]);
  if (one === undefined) return t.fail();
  const { clusters, clusterUsers } = one.translation.ir;
  const [name = ''] = [...keys(clusters)].filter((key) =>
    usersOf(clusterUsers, key).includes('Mapping default/a'),
  );
  const refusal = { typeUrl: TypeUrl.Cluster, name, version: '1', message: 'bad' };
  const events: readonly StatusEvent[] = [
    { _tag: 'Opened', stream: 1 },
    { _tag: 'Published', seq: 1, ...one },
    { _tag: 'Answered', stream: 1, seq: 1, refused: [refusal] },
    { _tag: 'Overdue', seq: 1, finally: false },
  ];

  const { book } = events.reduce((last: BookStep, event) => step(last.book, event), {
    book: newBook,
    due: [],
  });

  const programmed = (object: ObjectRef) => conditionOf(statusIn(book, object), 'Programmed');
  t.is(programmed('Mapping default/b')?.reason, 'Programmed');
  t.is(programmed('Mapping default/a')?.reason, 'RefusedByEnvoy');
  t.is(programmed('Mapping default/a')?.message, `Envoy refused ${name}: bad`);
  t.deepEqual([...keys(book.late)], ['Mapping default/a']);
});
