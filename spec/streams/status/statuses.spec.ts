import test from 'ava';
import { map } from 'rxjs';

import { statusIn, type StatusEvent, type BookStep } from '../../../src/status/status-book.ts';
import { statuses } from '../../../streams/status/statuses.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aHost, aListener, aMapping, aService } from '../../_support/world/builders.ts';
import { conditionOf, outcomes, world } from '../../_support/world/status-world.ts';

const waits = { answer: 5, firstAnswer: 12 };

const gateway = [aListener('default/http'), aHost('default/all'), aService('default/web')];

const worlds = world(
  [...gateway, aMapping('default/a')],
  [...gateway, aMapping('default/a', { prefix: '/b/' })],
  [...gateway, aMapping('default/a', { prefix: '/c/' })],
  gateway,
);

const published = (i: number): StatusEvent => {
  const one = worlds[i];
  if (one === undefined) throw new Error(`no world ${i}`);
  return { _tag: 'Published', seq: i + 1, ...one };
};

const answered = (seq: number, stream = 1): StatusEvent => ({
  _tag: 'Answered',
  stream,
  seq,
  refused: [],
});

const events: Readonly<Record<string, StatusEvent>> = {
  o: { _tag: 'Opened', stream: 1 },
  p: published(0),
  q: published(1),
  r: published(2),
  z: published(3),
  1: answered(1),
  2: answered(2),
  3: answered(3),
  u: { _tag: 'Opened', stream: 2 },
  v: answered(2, 2),
  y: { _tag: 'Closed', stream: 2 },
};

/** What the Mapping's owner is told; a dot where nobody is told about it. */
const ofMapping = map(({ book, due }: BookStep) => {
  if (!due.includes('Mapping default/a')) return '.';
  const status = statusIn(book, 'Mapping default/a');
  return conditionOf(status, 'Programmed')?.reason.slice(0, 2) ?? 'gone';
});

/** `P` is Programmed, `w` is Pending, `g` is gone. */
const said = { P: 'Pr', w: 'Pe', g: 'gone', '.': '.' };

const tells = test.macro({
  exec(t, input: string, expected: string) {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const events$ = hot(input, events);
      expectObservable(events$.pipe(statuses(outcomes, waits), ofMapping)).toBe(expected, said);
      expectSubscriptions(events$.subscriptions).toBe(`^${'-'.repeat(input.length - 2)}!`);
    })(t);
  },
  title: (name = '') => name,
});

test(
  'a change is said when its Envoys have answered, and not again when its time is up',
  tells,
  '-o-p-1------------------|',
  '-.-.-P--.------.--------|',
);

test(
  'an answer that came before the change did counts',
  tells,
  '-o-p1-2q----------------|',
  '-.-.P-.P.---.--.--------|',
);

test(
  'what is not answered in time is said as it is, and once more when it is answered',
  tells,
  '-o-p1--q--------2-------|',
  '-.-.P--..---w--.P-------|',
);

test(
  'of several changes only the last is said, and the first decides when',
  tells,
  '-o-p1--q-r---------3----|',
  '-.-.P--...--w-..---P----|',
);

test(
  'several changes that are answered together are said once',
  tells,
  '-o-p1--q-r-3------------|',
  '-.-.P--...-P.-..--------|',
);

test(
  'as long as no Envoy has answered anything, owners wait longer',
  tells,
  '--p-----------------|',
  '--.----.------w-----|',
);

test(
  'every connected Envoy has to answer',
  tells,
  '-ou-p1------v-----------|',
  '-..-..---w--P---.-------|',
);

test(
  'an Envoy that leaves is not waited for',
  tells,
  '-ou-p1------y-----------|',
  '-..-..---w--P---.-------|',
);

test(
  'an object that is gone is due at once, to be forgotten',
  tells,
  '-o-p1--z----------------|',
  '-.-.P--g.---.--.--------|',
);

test('nothing is said where nothing happens', tells, '-----|', '-----|');

test(
  'an error passes at once, and unsubscribing lets go',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const failing$ = hot('-o-p-#', events);
    const events$ = hot(' -o-p--', events);
    const unsub = '       ----!';
    const subs = '        ^---!';
    const told = statuses(outcomes, waits);

    expectObservable(failing$.pipe(told, ofMapping)).toBe('-.-.-#', said);
    expectObservable(events$.pipe(told, ofMapping), unsub).toBe('-.-.', said);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);
