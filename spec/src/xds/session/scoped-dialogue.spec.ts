import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import {
  aCluster,
  aFilter,
  aGate,
  aListener,
  aScope,
  endpointsOf,
  type World,
} from '../../../_support/xds/xds-world.ts';

const [first, second] = ['web#127.64.0', 'web#127.64.1'];

const listeners = [aListener('on', '1', { filters: ['shards web'] })];
const filters = [aFilter('web')];
const gate = aGate('web', 'gate', [first, second]);

const whole: World = { listeners, filters, scopes: [aScope('web')] };
const cut: World = { listeners, filters, scopes: [aScope(first), aScope(second), gate] };

/** An Envoy that has connected and has its listeners; it has yet to ask for what they need. */
const listening = (world: World, maxBytes?: number): Dialogue => {
  const d = aDialogue(maxBytes === undefined ? {} : { maxBytes });
  d.publish(world);
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  return d;
};

/** An Envoy that has all of it. */
const running = (world: World): Dialogue => {
  const d = listening(world);
  d.ask('SRDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  d.ack('LDS');
  d.ack('SRDS');
  d.ack('ECDS');
  return d;
};

test('a listener gets its filter when all scopes have been sent, whatever it asks for first', (t) => {
  const d = listening(cut, 1);
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web'] }), []);
  t.deepEqual(d.ack('LDS'), []);
  const [one] = d.ask('SRDS');
  t.regex(one ?? '', /^SRDS web\S*$/);
  t.is(d.ack('SRDS').length, 1);
  t.is(d.ack('SRDS').length, 1);
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
  t.deepEqual(d.ack('ECDS'), []);
});

test('a gate waits for its pieces, and removals for the gate', (t) => {
  const d = running(whole);
  t.deepEqual(d.publish(cut), [`SRDS ${first}@1 ${second}@1`]);
  t.deepEqual(d.ack('SRDS'), ['SRDS web@gate']);
  t.deepEqual(d.ack('SRDS'), []);
  t.deepEqual(d.publish(whole), ['SRDS web@1']);
  t.deepEqual(d.ack('SRDS'), [`SRDS -${first} -${second}`]);
});

test('a table whose piece is refused stays as it is', (t) => {
  const d = running(whole);
  d.publish(cut);
  t.deepEqual(d.nack('SRDS'), [`SRDS ${first}@1`]);
  t.deepEqual(d.nack('SRDS'), [`SRDS ${second}@1`]);
  t.deepEqual(d.ack('SRDS'), []);
  t.deepEqual(d.verdicts(), ['1', `2 refused ${first}@1`]);
});

test('a table that cannot be joined stays cut', (t) => {
  const d = running(cut);
  t.deepEqual(d.publish(whole), ['SRDS web@1']);
  t.deepEqual(d.nack('SRDS'), []);
  t.deepEqual(d.verdicts(), ['1', '2 refused web@1']);
});

test('an Envoy that has no listener yet is given the gate though a piece is refused', (t) => {
  const d = listening(cut);
  d.ack('LDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  d.ask('SRDS');
  const said: string[] = [];
  for (let [next] = d.nack('SRDS'); next?.startsWith('SRDS') === true;) {
    said.push(next);
    [next] = next.includes(first) ? d.nack('SRDS') : d.ack('SRDS');
    if (next?.startsWith('ECDS') === true) said.push(next);
  }
  t.deepEqual(said, [
    `SRDS ${first}@1 ${second}@1`,
    `SRDS ${first}@1`,
    `SRDS ${second}@1 web@gate`,
    'ECDS shards web@1',
  ]);
});

const gone: World = { listeners: [], scopes: [aScope('web')], filters };

test('an Envoy that makes a listener after its last one is sent all scopes again', (t) => {
  const d = running(whole);
  d.publish(gone);
  d.ack('LDS');
  d.ask('ECDS', { unsubscribe: ['shards web'] });
  t.deepEqual(d.publish(cut), ['LDS on@1']);
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web'] }), [`SRDS ${first}@1 ${second}@1`]);
  t.deepEqual(d.ack('LDS'), []);
  t.deepEqual(d.ack('SRDS'), ['SRDS web@gate']);
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
});

test('scopes that come back before their removal is answered are sent again', (t) => {
  const d = running(whole);
  d.publish({ listeners: [], scopes: [], filters: [] });
  d.ack('LDS');
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['shards web'] }), ['SRDS -web']);
  d.publish(whole);
  t.deepEqual(d.ack('SRDS'), ['LDS on@1']);
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web'] }), ['SRDS web@1']);
  d.ack('LDS');
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
});

test('so is one that came back in between, with the versions of scopes it does not use', (t) => {
  const d = aDialogue();
  d.publish(gone);
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ack('LDS');
  d.ask('SRDS', { initialVersions: versions({ web: '1' }) });
  t.deepEqual(d.publish(whole), ['LDS on@1']);
  d.ack('LDS');
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web'] }), ['SRDS web@1']);
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
});

test('it is sent them too when it asks for filters before scopes', (t) => {
  const d = aDialogue();
  d.publish(gone);
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ack('LDS');
  t.deepEqual(d.publish(whole), ['LDS on@1']);
  d.ack('LDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  t.deepEqual(d.ask('SRDS', { initialVersions: versions({ web: '1' }) }), ['SRDS web@1']);
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
});

test('an Envoy that comes back keeps the scopes of a listener that drains', (t) => {
  const d = aDialogue();
  const other = aListener('other');
  d.publish({ clusters: [aCluster('c')], listeners: [other] });
  const back = (name: string) => ({ initialVersions: versions({ [name]: '1' }) });
  d.ask('CDS', back('c'));
  d.ask('LDS', back('other'));
  t.deepEqual(d.ask('SRDS', back('web')), []);
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web'], ...back('shards web') }), []);
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['shards web'] }), ['SRDS -web']);
});

test('clusters stay while connections are left that are routed to them', (t) => {
  const d = aDialogue();
  const clusters = [aCluster('c')];
  d.publish({ clusters, listeners, filters, scopes: [aScope('web', '1', ['c'])] });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ask('SRDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  d.ack('LDS');
  d.ack('SRDS');
  d.ack('ECDS');
  t.deepEqual(d.publish({}), ['LDS -on']);
  t.deepEqual(d.ack('LDS'), []);
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['shards web'] }), ['CDS -c']);
  t.deepEqual(d.ack('CDS'), ['SRDS -web']);
});

/** An Envoy with two tables; the listener of `web` is gone, and connections through it are left. */
const draining = (): Dialogue => {
  const d = aDialogue();
  const two: World = {
    clusters: [aCluster('kept'), aCluster('other')],
    endpoints: [endpointsOf('kept'), endpointsOf('other')],
    listeners,
    filters,
    scopes: [aScope('web', '1', ['kept'])],
  };
  d.publish(two);
  d.ask('CDS');
  d.ask('EDS', { subscribe: ['kept', 'other'] });
  d.ack('EDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ask('SRDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  d.ack('LDS');
  d.ack('SRDS');
  d.ack('ECDS');
  d.publish({ clusters: [aCluster('other')], endpoints: [endpointsOf('other')] });
  d.ack('LDS');
  return d;
};

test('clusters that nobody needs are removed though connections of a listener drain', (t) => {
  const d = draining();
  t.deepEqual(d.publish({}), ['CDS -other']);
  t.deepEqual(d.ack('CDS'), ['EDS -other']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.publish({ clusters: [aCluster('new')] }), ['CDS new@1']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.publish({}), ['CDS -new']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['shards web'] }), ['CDS -kept']);
  t.deepEqual(d.ack('CDS'), ['EDS -kept']);
  t.deepEqual(d.ack('EDS'), ['SRDS -web']);
});

test('all clusters stay while an Envoy drains that came back with scopes whose content is not known', (t) => {
  const d = aDialogue();
  const other = aListener('other');
  d.publish({ clusters: [aCluster('c')], listeners: [other] });
  const back = (name: string) => ({ initialVersions: versions({ [name]: '1' }) });
  d.ask('CDS', back('c'));
  d.ask('LDS', back('other'));
  d.ask('SRDS', back('web'));
  d.ask('ECDS', { subscribe: ['shards web'], ...back('shards web') });
  t.deepEqual(d.publish({ listeners: [other] }), []);
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['shards web'] }), ['CDS -c']);
  t.deepEqual(d.ack('CDS'), ['SRDS -web']);
});
