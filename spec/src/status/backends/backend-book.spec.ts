import test from 'ava';

import { entries, keys } from '../../../../src/collection/collection.ts';
import { finish } from '../../../../src/collection/work.ts';
import {
  newBackendBook,
  standingOf,
  stepBackends,
  type BackendEvent,
} from '../../../../src/status/backends/backend-book.ts';
import { wholeSlice } from '../../../../src/status/backends/cluster-slice.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  type Manifest,
} from '../../../_support/world/builders.ts';
import { world } from '../../../_support/world/status-world.ts';

const step = stepBackends('default', { endpoints: 5, envoy: 10, recovery: 20 });

const gateway = [aListener('default/http'), aHost('default/all'), aService('default/web')];
const mappings = ['a', 'b'].map((name) => aMapping(`default/${name}`, { prefix: `/${name}/` }));
const ready = aSlice('default/w', 'web', ['10.0.0.1']);

/** Objects as they are from some time on. */
type Time = readonly [at: number, ...objects: readonly Manifest[]];

/** What Envoy says, at some time, of the only cluster: that every connection failed, or none. */
type Answer = readonly [at: number, isFailing: boolean];

/** What is said at each of the times, and who is told something else then. */
const told = (
  times: readonly Time[],
  answers: readonly Answer[],
  ticks: readonly number[],
): readonly string[] => {
  const worlds = world(
    ...(times.map(([, ...objects]) => objects) as [Manifest[], ...Manifest[][]]),
  );
  const [cluster = ''] = worlds.flatMap(({ translation }) => [...keys(translation.ir.clusters)]);
  const host = { address: '10.0.0.1:80', failed: 1 };
  const events = [
    ...times.map(([at], i) => ({ _tag: 'Published', at, ...worlds[i] }) as BackendEvent),
    ...answers.map(([at, isFailing]): BackendEvent => {
      const troubled = [{ ...host, requests: isFailing ? 0 : 1 }];
      const clusters = [{ name: cluster, hosts: 1, troubled }];
      return { _tag: 'Swept', at, slice: wholeSlice, clusters };
    }),
    ...ticks.map((at): BackendEvent => ({ _tag: 'Passed', at })),
  ].sort((a, b) => a.at - b.at);
  let book = newBackendBook;
  return events.flatMap((event) => {
    const next = finish(step(book, event));
    ({ book } = next);
    const standing = standingOf(book, cluster);
    const said = typeof standing === 'string' ? standing : standing.reason;
    const due = [...next.due].sort().map((ref) => ref.replace('Mapping default/', ''));
    return [`${event.at} ${said} ${due.join('')}`.trim()];
  });
};

test('what lasts is said to all that use the back end, once', (t) => {
  t.deepEqual(told([[0, ...gateway, ...mappings]], [], [4, 5, 6]), [
    '0 Turning',
    '4 Turning',
    '5 EndpointsNotFound ab',
    '6 EndpointsNotFound',
  ]);
});

test('what does not last is not said; who waits for it is told that nothing is wrong', (t) => {
  t.deepEqual(
    told(
      [
        [0, ...gateway, ...mappings],
        [4, ...gateway, ...mappings, ready],
      ],
      [],
      [9],
    ),
    ['0 Turning', '4 Available ab', '9 Available'],
  );
});

test('a publication looks at what it changes alone; of the rest it is said when time has passed', (t) => {
  t.deepEqual(
    told(
      [
        [0, ...gateway, ...mappings],
        [7, ...gateway, ...mappings, aMapping('default/c', { service: 'elsewhere.example' })],
      ],
      [],
      [8],
    ),
    ['0 Turning', '7 Turning', '8 EndpointsNotFound ab'],
  );
});

test('a back end that comes and goes stays unavailable until it has been there for a while', (t) => {
  const [without, with_] = [
    [...gateway, ...mappings],
    [...gateway, ...mappings, ready],
  ] as const;
  t.deepEqual(
    told(
      [
        [0, ...without],
        [10, ...with_],
        [20, ...without],
        [30, ...with_],
      ],
      [],
      [5, 49, 50],
    ),
    [
      '0 Turning',
      '5 EndpointsNotFound ab',
      '10 EndpointsNotFound',
      '20 EndpointsNotFound',
      '30 EndpointsNotFound',
      '49 EndpointsNotFound',
      '50 Available ab',
    ],
  );
});

test('what an Envoy sees is said when it has seen it again', (t) => {
  t.deepEqual(
    told(
      [[0, ...gateway, ...mappings, ready]],
      [
        [1, true],
        [11, true],
        [21, false],
      ],
      [40, 41],
    ),
    [
      '0 Available',
      '1 Turning',
      '11 ConnectionFailed ab',
      '21 ConnectionFailed',
      '40 ConnectionFailed',
      '41 Available ab',
    ],
  );
});

test('that no endpoint is ready comes before what an Envoy sees, and is said at once in its place', (t) => {
  t.deepEqual(
    told(
      [
        [0, ...gateway, ...mappings, ready],
        [12, ...gateway, ...mappings],
      ],
      [
        [1, true],
        [11, true],
      ],
      [],
    ),
    ['0 Available', '1 Turning', '11 ConnectionFailed ab', '12 EndpointsNotFound ab'],
  );
});

test('of a back end that nobody uses any more nothing is said', (t) => {
  const [worlds, other] = [
    world([...gateway, ...mappings], [...gateway]),
    world([...gateway, ...mappings], [...gateway, ...mappings.slice(0, 1)]),
  ];
  for (const [one, left] of [
    [worlds, 0],
    [other, 1],
  ] as const) {
    let book = newBackendBook;
    for (const [i, translated] of one.entries())
      ({ book } = finish(step(book, { _tag: 'Published', at: i * 100, ...translated })));
    t.deepEqual([...entries(book.said)].length + [...entries(book.turns)].length, left);
  }
});

test('who has another back end now is told, when the former one was unavailable', (t) => {
  const moved = mappings.map(({ metadata, ...one }) => ({
    ...one,
    metadata,
    spec: { hostname: '*', prefix: '/', service: 'elsewhere.example' },
  }));
  t.deepEqual(
    told(
      [
        [0, ...gateway, ...mappings],
        [7, ...gateway, ...moved],
      ],
      [],
      [5],
    ),
    ['0 Turning', '5 EndpointsNotFound ab', '7 Available ab'],
  );
});
