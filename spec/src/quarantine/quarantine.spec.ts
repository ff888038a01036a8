import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import type { LastGood } from '../../../src/kube/last-good.ts';
import { contentOf } from '../../../src/quarantine/content.ts';
import { judgedAgain, newQuarantine } from '../../../src/quarantine/quarantine.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { admittedPrefixes, settle, type Trials } from '../../_support/envoy/refusing-envoy.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  step,
  storeOf,
  translated,
  type Manifest,
} from '../../_support/world/builders.ts';

const frame = [
  aListener(),
  aHost('default/a', { hostname: 'a.example' }),
  aHost('default/b', { hostname: 'b.example' }),
];

/** A Mapping; what an Envoy refuses is in its prefix. */
const mapping = (i: number, prefix: string): Manifest =>
  aMapping(`default/m${i}`, { prefix: `/${prefix}${i}/` });

const worldOf = (prefixes: readonly (string | undefined)[]) =>
  storeOf(
    ...frame,
    ...prefixes.flatMap((prefix, i) => (prefix === undefined ? [] : [mapping(i, prefix)])),
  );

const convictedIn = ({ quarantine }: Trials) =>
  quarantine.convicted.map(({ object }) => object).sort();

const badOnes = (prefixes: readonly (string | undefined)[]) =>
  prefixes
    .flatMap((prefix, i) => (prefix?.includes('bad') === true ? [`Mapping default/m${i}`] : []))
    .sort();

const start = { quarantine: newQuarantine() };

test('exactly the bad ones are convicted, in few answers, and nobody else is withheld', (t) => {
  holds(
    t,
    fc.property(
      fc.array(fc.constantFrom('good', 'good', 'bad'), { minLength: 1, maxLength: 40 }),
      (prefixes) => {
        const store = worldOf(prefixes);
        const settled = settle(start, store, 1000);
        assert.deepEqual(convictedIn(settled), badOnes(prefixes));
        assert.deepEqual(
          [...admittedPrefixes(settled, store).keys()].sort(),
          prefixes.flatMap((prefix, i) => (prefix === 'bad' ? [] : [`default/m${i}`])).sort(),
        );
        // Two tries for each halving of each bad one, and one for the rest.
        const halvings = Math.ceil(Math.log2(prefixes.length + 3)) + 1;
        assert.ok(
          settled.answers <= 2 * badOnes(prefixes).length * halvings + 2,
          `${settled.answers} answers`,
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('a bad edit keeps the version before it; an edit of that is free again', (t) => {
  const good = worldOf(['good', 'good', 'good']);
  const before = settle(start, good);
  const edited = worldOf(['good', 'bad', 'good']);
  const held = settle(before, edited);
  t.deepEqual(convictedIn(held), ['Mapping default/m1']);
  t.is(admittedPrefixes(held, edited).get('default/m1'), '/good1/');
  t.deepEqual(problemLines(held.translation), [
    'Mapping default/m1: Envoy refused listener-8080/cleartext: no',
  ]);

  const repaired = worldOf(['good', 'better', 'good']);
  const after = settle(held, repaired);
  t.is(admittedPrefixes(after, repaired).get('default/m1'), '/better1/');
  t.deepEqual(problemLines(after.translation), []);
});

test('a convicted version that comes back is not tried again', (t) => {
  const first = settle(start, worldOf(['good', 'bad']));
  const away = settle(first, worldOf(['good', 'good']));
  const back = settle({ ...away, answers: 0 }, worldOf(['good', 'bad']));
  t.deepEqual(convictedIn(back), ['Mapping default/m1']);
  t.true(back.answers <= 2, `${back.answers} answers`);
});

test('what an earlier run found out is known from the start', (t) => {
  const store = worldOf(['good', 'bad', 'good']);
  const { quarantine } = settle(start, store);
  const restarted = settle({ quarantine: newQuarantine(quarantine.convicted) }, store);
  t.is(restarted.answers, 1);
  t.deepEqual(convictedIn(restarted), ['Mapping default/m1']);
});

test('what Envoy accepted before serves in the next run too', (t) => {
  const accepted = settle(start, worldOf(['good', 'good', 'good']));
  const store = worldOf(['good', 'bad', 'good']);
  const { quarantine } = settle(accepted, store);
  const content = contentOf(worldOf(['good', 'good']), 'Mapping default/m1');
  if (content === undefined) throw new Error('expected a Mapping');
  const known = { kind: 'Mapping', key: 'default/m1', content } as const;
  const next = (one: LastGood, now = store) =>
    settle({ quarantine: newQuarantine(quarantine.convicted, [one]) }, now);

  const restarted = next({ ...known, because: 'Refused' });
  t.is(restarted.answers, 1);
  t.deepEqual(convictedIn(restarted), ['Mapping default/m1']);
  t.is(admittedPrefixes(restarted, store).get('default/m1'), '/good1/');
  const worse = worldOf(['good', 'worse-than-bad', 'good']);
  t.is(admittedPrefixes(settle(restarted, worse), worse).get('default/m1'), '/good1/');

  const admits = (one: LastGood, now = store) => admittedPrefixes(next(one, now), now);
  const deleted = worldOf(['good', undefined, 'good']);
  const mended = worldOf(['good', 'better', 'good']);
  t.is(admits({ ...known, because: 'Refused' }, deleted).get('default/m1'), undefined);
  t.is(admits({ ...known, because: 'Refused' }, mended).get('default/m1'), '/better1/');
  t.is(admits({ ...known, because: 'Refused', uid: 'another' }).get('default/m1'), undefined);
  t.is(admits({ ...known, because: 'Invalid' }).get('default/m1'), undefined);
});

test('a deleted object is gone, whatever stage its trial is in', (t) => {
  const full = worldOf(Array.from({ length: 8 }, (_, i) => (i === 5 ? 'bad' : 'good')));
  const none = worldOf([]);
  for (let answers = 1; answers < 10; answers += 1) {
    const before = settle(start, worldOf(Array.from({ length: 8 }, () => 'old')));
    const midway = settle(before, full, answers);
    const after = settle({ ...midway, answers: 0 }, none, 50);
    t.deepEqual([...admittedPrefixes(after, none).keys()], [], `after ${answers} answers`);
  }
});

test('edits in the midst of trials end in the same: the bad ones withheld and nobody else', (t) => {
  const aWorld = fc.array(fc.constantFrom(undefined, 'good', 'fine', 'bad', 'badder'), {
    minLength: 8,
    maxLength: 8,
  });
  holds(
    t,
    fc.property(
      fc.array(fc.tuple(aWorld, fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 }),
      (moments) => {
        let state: Trials | undefined;
        for (const [prefixes, most] of moments)
          state = settle(
            state === undefined ? start : { ...state, answers: 0 },
            worldOf(prefixes),
            most,
          );
        const last = moments.at(-1)?.[0] ?? [];
        const store = worldOf(last);
        const settled = settle(state === undefined ? start : { ...state, answers: 0 }, store, 200);
        const lets = admittedPrefixes(settled, store);
        for (const [i, prefix] of last.entries()) {
          const got = lets.get(`default/m${i}`);
          if (prefix === undefined) assert.equal(got, undefined, 'gone');
          else if (prefix.includes('bad')) assert.ok(!(got ?? '').includes('bad'), 'withheld');
          else assert.equal(got, `/${prefix}${i}/`);
        }
        assert.deepEqual(settled.quarantine.waiting, []);
      },
    ),
    { numRuns: 150 },
  );
});

test('a suspect whose absence changes nothing is cleared by the answer that is known', (t) => {
  const store = worldOf(['bad', 'good']);
  const sent = { seq: 1, store, ir: translated(...frame).ir };
  const refused = [{ typeUrl: TypeUrl.Routes, name: 'listener-8080/cleartext', message: 'no' }];
  const halved = { ...newQuarantine(), waiting: [['Mapping default/m1' as const]], sent: [sent] };
  const now = { seq: 1, store: worldOf(['bad']), ir: step(undefined, worldOf(['bad'])).ir };
  const trusted = { seq: 0, store: storeOf(...frame), ir: sent.ir };

  const next = judgedAgain({ ...halved, trusted }, now, refused);
  t.deepEqual(
    next.convicted.map(({ object }) => object),
    ['Mapping default/m0'],
  );
  t.deepEqual(next.waiting, []);

  const accepted = judgedAgain({ ...halved, trusted }, now, []);
  t.deepEqual([accepted.convicted, accepted.waiting], [[], []]);
});
