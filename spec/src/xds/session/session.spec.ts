import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, endpointsOf, routesOf } from '../../../_support/xds/xds-world.ts';

const held = (record: Record<string, string>) => ({ initialVersions: versions(record) });

test('a first request without names asks for everything', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  t.deepEqual(d.ask('CDS'), ['CDS a@1 b@1']);
});

test('a client that asks for everything is told when there is nothing, once', (t) => {
  const d = aDialogue();
  d.publish({});
  t.deepEqual(d.ask('CDS'), ['CDS']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.publish({}), []);
});

test('a star asks for everything, also beside names', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  t.deepEqual(d.ask('CDS', { subscribe: ['*', 'a'] }), ['CDS a@1 b@1']);
});

test('a first request with names asks for those only, and a later one without names for nothing', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a'), endpointsOf('b')] });
  t.deepEqual(d.ask('EDS', { subscribe: ['a'] }), ['EDS a@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.ask('EDS'), []);
});

test('names can be added to the wildcard, and the wildcard taken back from the names', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  d.ask('CDS');
  d.ack('CDS');
  t.deepEqual(d.ask('CDS', { subscribe: ['a'] }), ['CDS a@1']);
  d.ack('CDS');
  t.deepEqual(d.ask('CDS', { unsubscribe: ['*'] }), []);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '2'), aCluster('b', '2')] }), ['CDS a@2']);
});

test('a name taken back while the wildcard stands is answered, because it is still wanted', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  d.ask('CDS', { subscribe: ['*', 'a'] });
  d.ack('CDS');
  t.deepEqual(d.ask('CDS', { unsubscribe: ['a', 'never'] }), ['CDS a@1 -never']);
});

test('a name taken back without a wildcard is not answered and not updated any more', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a')] });
  d.ask('EDS', { subscribe: ['a'] });
  d.ack('EDS');
  t.deepEqual(d.ask('EDS', { unsubscribe: ['a'] }), []);
  t.deepEqual(d.publish({ endpoints: [endpointsOf('a', '2')] }), []);
});

test('a name that does not exist is said to be removed, and sent when it appears', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [] });
  t.deepEqual(d.ask('EDS', { subscribe: ['later'] }), ['EDS -later']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.publish({ endpoints: [endpointsOf('later')] }), ['EDS later@1']);
});

test('a name that is asked for again is answered, though it is held', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a')] });
  d.ask('EDS', { subscribe: ['a'] });
  d.ack('EDS');
  t.deepEqual(d.ask('EDS', { subscribe: ['a'] }), ['EDS a@1']);
});

test('after a reconnect only what differs is sent', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('same'), aCluster('changed', '2'), aCluster('new')] });
  t.deepEqual(d.ask('CDS', held({ same: '1', changed: '1', gone: '1' })), ['CDS changed@2 new@1']);
  d.ask('LDS');
  t.deepEqual(d.ack('CDS'), ['LDS']);
  t.deepEqual(d.ack('LDS'), ['CDS -gone']);
});

test('after a reconnect a name of an equal version is not sent, one without a version is', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a'), endpointsOf('b')] });
  t.deepEqual(d.ask('EDS', { subscribe: ['a', 'b'], ...held({ a: '1' }) }), ['EDS b@1']);
});

test('there is one unanswered response of a type, and slow clients skip versions', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a')] });
  d.ask('EDS', { subscribe: ['a'] });
  t.deepEqual(d.publish({ endpoints: [endpointsOf('a', '2')] }), []);
  t.deepEqual(d.publish({ endpoints: [endpointsOf('a', '3')] }), []);
  t.deepEqual(d.ack('EDS'), ['EDS a@3']);
});

test('a stale nonce answers nothing, but its subscriptions count', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a'), endpointsOf('b')] });
  d.ask('EDS', { subscribe: ['a'] });
  t.deepEqual(d.ask('EDS', { nonce: 'stale', error: 'no', subscribe: ['b'] }), []);
  t.deepEqual(d.ack('EDS'), ['EDS b@1']);
});

test('an answer may bring new subscriptions along', (t) => {
  const d = aDialogue();
  d.publish({ endpoints: [endpointsOf('a'), endpointsOf('b')] });
  d.ask('EDS', { subscribe: ['a'] });
  t.deepEqual(d.ack('EDS', { subscribe: ['b'] }), ['EDS b@1']);
});

test('a type that is not served is not answered', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a')] });
  t.deepEqual(d.ask('CDS', { typeUrl: 'type.googleapis.com/unheard.of' }), []);
  t.deepEqual(d.ask('CDS'), ['CDS a@1']);
});

test('nothing is said before there is a snapshot', (t) => {
  const d = aDialogue();
  t.deepEqual(d.ask('CDS', held({ a: '1' })), []);
  t.deepEqual(d.ask('RDS', { subscribe: ['r'] }), []);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '2')], routes: [routesOf('r')] }), ['CDS a@2']);
  t.deepEqual(d.ack('CDS'), ['RDS r@1']);
});

test('a response ends where it becomes too large, and the next one goes on', (t) => {
  const d = aDialogue({ maxBytes: 400 });
  const names = ['a', 'b', 'c', 'd', 'e'];
  d.publish({ endpoints: names.map((name) => endpointsOf(name)) });
  const sent = [
    d.ask('EDS', { subscribe: names }),
    d.ack('EDS'),
    d.ack('EDS'),
    d.ack('EDS'),
  ].flat();
  t.deepEqual(
    sent.map((response) => response.split(' ').length - 1),
    [2, 2, 1],
  );
  t.deepEqual(sent.flatMap((response) => response.split(' ').slice(1)).sort(), [
    'a@1',
    'b@1',
    'c@1',
    'd@1',
    'e@1',
  ]);
});

test('a resource that is too large alone is sent alone', (t) => {
  const d = aDialogue({ maxBytes: 1 });
  d.publish({ clusters: [aCluster('a')] });
  t.deepEqual(d.ask('CDS'), ['CDS a@1']);
});
