import { setImmediate } from 'node:timers/promises';

import test from 'ava';
import { ReplaySubject, VirtualTimeScheduler } from 'rxjs';

import { logBackends } from '../../../../src/cli/serve/backend-log.ts';
import type { Translated } from '../../../../src/status/outcomes.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  type Manifest,
} from '../../../_support/world/builders.ts';
import { world } from '../../../_support/world/status-world.ts';

const times = { endpoints: 5, envoy: 5, recovery: 5, tick: 1, all: 10, rest: 1 };

/** What is logged when these objects are there, and then others. */
const logged = async (...worlds: readonly (readonly Manifest[])[]): Promise<readonly unknown[]> => {
  const lines: unknown[] = [];
  const scheduler = new VirtualTimeScheduler();
  scheduler.maxFrames = 0;
  const published$ = new ReplaySubject<Translated>(1);
  const subscription = logBackends({
    ...{ published$, scheduler, namespace: 'default' },
    log: {
      warn: (...said: readonly unknown[]) => void lines.push(said),
      info: (...said: readonly unknown[]) => void lines.push(said),
    },
    times: { ...times, acquaintance: 0, longestAcquaintance: 0 },
  });
  const [first = [], ...others] = worlds;
  for (const one of world(first, ...others.map((objects) => [...objects]))) {
    published$.next(one);
    await setImmediate();
    scheduler.maxFrames += 20;
    scheduler.flush();
  }
  subscription.unsubscribe();
  return lines;
};

const common = [aListener(), aHost('default/all'), aService('default/web')];
const mappings = (count: number): readonly Manifest[] =>
  Array.from({ length: count }, (_, i) => aMapping(`default/a${i}`, { prefix: `/${i}/` }));
const ready = aSlice('default/w', 'web', ['10.0.0.1']);

test('what finds no back end is said once, and that it does again', async (t) => {
  const alone = [...common, ...mappings(1)];
  const named = { kind: 'Mapping', namespace: 'default', name: 'a0' };
  t.deepEqual(await logged(alone, alone, [...alone, ready]), [
    [
      { ...named, problem: 'EndpointsNotFound' },
      'Mapping default/a0: no back end can serve: web:80: no endpoint of the Service is ready',
    ],
    [named, 'solved: Mapping default/a0: its back ends are available'],
  ]);
});

test('of many objects a few are named', async (t) => {
  const lines = await logged([...common, ...mappings(25)]);
  t.is(lines.length, 21);
  t.deepEqual(lines.at(-1), [
    'the back ends of 5 more objects have changed; the metric headgate_backends_unavailable counts them',
  ]);
});
