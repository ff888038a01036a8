import test from 'ava';

import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aListener, aNamedFilter, aSecret, type World } from '../../../_support/xds/xds-world.ts';

/** An Envoy that has a listener and has asked for its secrets and filters. */
const listening = (world: World): Dialogue => {
  const d = aDialogue();
  d.publish({ listeners: [aListener('on', '1', { secrets: ['a', 'b', 'c'] })], ...world });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  return d;
};

/** Answers secrets until there is no more to answer, refusing the responses that are in `bad`. */
const answered = (d: Dialogue, first: readonly string[], bad: readonly string[]): string[] => {
  const sent: string[] = [];
  let responses = first;
  for (let [response] = responses; response !== undefined; [response] = responses) {
    sent.push(response);
    responses = bad.includes(response) ? d.nack('SDS') : d.ack('SDS');
  }
  return sent.sort();
};

const secrets = [aSecret('a'), aSecret('b'), aSecret('c')];

test('each secret has an answer of its own, and one that is refused is sent once', (t) => {
  const d = listening({ secrets });
  const first = d.ask('SDS', { subscribe: ['a', 'b', 'c'] });
  t.deepEqual(answered(d, first, ['SDS b@1']), ['SDS -b', 'SDS a@1', 'SDS b@1', 'SDS c@1']);
  t.deepEqual(d.ack('LDS'), []);
  t.deepEqual(d.verdicts(), ['1 refused b@1']);
});

test('secrets that are gone go together, and not in one response with one that is new', (t) => {
  const d = listening({ secrets });
  answered(d, d.ask('SDS', { subscribe: ['a', 'b', 'c'] }), []);
  d.ack('LDS');
  d.publish({ listeners: [aListener('on', '2')], secrets: [aSecret('c', '2')] });
  t.deepEqual(d.ack('SDS'), []);
  t.deepEqual(d.ack('LDS'), ['SDS -a -b']);
});

test('a wave does not wait for secrets that Envoy forgets before they are removed', (t) => {
  for (const forgotten of ['with its answer', 'before it']) {
    const d = listening({ secrets });
    answered(d, d.ask('SDS', { subscribe: ['a', 'b', 'c'] }), []);
    d.ack('LDS');
    const listeners = [aListener('on', '2', { secrets: ['a'] })];
    t.deepEqual(d.publish({ listeners, secrets: [aSecret('a', '2')] }), ['SDS a@2', 'LDS on@2']);
    t.deepEqual(d.ack('SDS'), ['SDS a@2'], 'a changed listener waits for it');
    t.deepEqual(d.ack('LDS'), []);
    t.deepEqual(d.verdicts(), ['1']);
    const unsubscribe = ['b', 'c'];
    if (forgotten === 'before it') t.deepEqual(d.ask('SDS', { unsubscribe }), []);
    t.deepEqual(d.ack('SDS', forgotten === 'before it' ? {} : { unsubscribe }), []);
    t.deepEqual(d.verdicts(), ['2'], forgotten);
  }
});

test('an Envoy that refuses a renewed secret is sent the former one again', (t) => {
  const d = listening({ secrets });
  answered(d, d.ask('SDS', { subscribe: ['a', 'b', 'c'] }), []);
  d.ack('LDS');
  const listeners = [aListener('on', '1', { secrets: ['a', 'b', 'c'] })];
  t.deepEqual(d.publish({ listeners, secrets: [aSecret('a', '2'), ...secrets.slice(1)] }), [
    'SDS a@2',
  ]);
  t.deepEqual(d.nack('SDS'), []);
  t.deepEqual(d.publish({ listeners, secrets }), ['SDS a@1']);
});

test('so is one that refuses other settings of a filter', (t) => {
  const listeners = [aListener('on', '1', { filters: ['f'] })];
  const world = (version: string): World => ({ listeners, filters: [aNamedFilter('f', version)] });
  const d = listening(world('1'));
  d.ask('ECDS', { subscribe: ['f'] });
  t.deepEqual(d.ack('LDS'), ['ECDS f@1']);
  d.ack('ECDS');
  t.deepEqual(d.publish(world('2')), ['ECDS f@2']);
  t.deepEqual(d.nack('ECDS'), []);
  t.deepEqual(d.publish(world('1')), ['ECDS f@1']);
});

test('filters are sent one by one', (t) => {
  const listeners = [aListener('on', '1', { filters: ['f', 'g'] })];
  const d = listening({ listeners, filters: [aNamedFilter('f'), aNamedFilter('g')] });
  d.ask('ECDS', { subscribe: ['f', 'g'] });
  t.deepEqual([...d.ack('LDS'), ...d.nack('ECDS'), ...d.ack('ECDS')].sort(), [
    'ECDS f@1',
    'ECDS g@1',
  ]);
});

test('a refusal is told at once when no wave is under way', (t) => {
  const d = listening({ secrets });
  d.ack('LDS');
  t.deepEqual(d.verdicts(), ['1']);
  t.deepEqual(d.ask('SDS', { subscribe: ['a'] }), ['SDS a@1']);
  t.deepEqual(d.nack('SDS'), ['SDS -a']);
  t.deepEqual(d.verdicts(), ['1 refused a@1']);
  t.deepEqual(d.ack('SDS', { unsubscribe: ['a'] }), []);
  t.deepEqual(d.ask('SDS', { subscribe: ['a'] }), ['SDS -a']);
  t.deepEqual(d.verdicts(), []);
});
