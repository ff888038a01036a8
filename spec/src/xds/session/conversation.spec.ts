import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import {
  aCluster,
  aListener,
  aSecret,
  endpointsOf,
  routesOf,
  type World,
} from '../../../_support/xds/xds-world.ts';

const small = {
  clusters: [aCluster('a')],
  endpoints: [endpointsOf('a')],
  secrets: [aSecret('s')],
  listeners: [aListener('l', '1', { routes: ['r'], secrets: ['s'] })],
  routes: [routesOf('r', '1', ['a'])],
} satisfies World;

/** An Envoy that has everything of the small world. */
const settled = (): Dialogue => {
  const d = aDialogue();
  d.publish(small);
  d.ask('CDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ack('CDS');
  d.ack('EDS');
  d.ask('LDS');
  d.ask('SDS', { subscribe: ['s'] });
  d.ask('RDS', { subscribe: ['r'] });
  d.ack('LDS');
  d.ack('SDS');
  d.ack('RDS');
  d.verdicts();
  return d;
};

test('a starting Envoy is given clusters, endpoints, listeners and routes, in this order', (t) => {
  const d = aDialogue();
  d.publish(small);
  t.deepEqual(d.ask('CDS'), ['CDS a@1']);
  t.deepEqual(d.ask('LDS'), []);
  t.deepEqual(d.ask('EDS', { subscribe: ['a'] }), ['EDS a@1']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.ack('EDS'), ['LDS l@1']);
  t.deepEqual(d.ask('RDS', { subscribe: ['r'] }), []);
  t.deepEqual(d.ask('SDS', { subscribe: ['s'] }), ['SDS s@1']);
  t.deepEqual(d.ack('LDS'), ['RDS r@1']);
  t.deepEqual(d.ack('RDS'), []);
  t.deepEqual(d.verdicts(), []);
  t.deepEqual(d.ack('SDS'), []);
  t.deepEqual(d.verdicts(), ['1']);
});

test('a change of one type is sent at once', (t) => {
  const d = settled();
  t.deepEqual(d.publish({ ...small, routes: [routesOf('r', '2', ['a'])] }), ['RDS r@2']);
  t.deepEqual(d.ack('RDS'), []);
  t.deepEqual(d.verdicts(), ['2']);
});

test('a backend is swapped without a moment in which routes have no cluster', (t) => {
  const d = settled();
  const swapped = {
    ...small,
    clusters: [aCluster('b')],
    endpoints: [endpointsOf('b')],
    routes: [routesOf('r', '2', ['b'])],
  };
  t.deepEqual(d.publish(swapped), ['CDS b@1']);
  t.deepEqual(d.ask('EDS', { subscribe: ['b'] }), ['EDS b@1']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.ack('EDS'), ['RDS r@2']);
  t.deepEqual(d.ack('RDS'), ['CDS -a']);
  t.deepEqual(d.ask('EDS', { unsubscribe: ['a'] }), []);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.verdicts(), ['2']);
});

test('a changed cluster is followed by its load assignment, though that is the same', (t) => {
  const d = settled();
  t.deepEqual(d.publish({ ...small, clusters: [aCluster('a', '2')] }), ['CDS a@2', 'EDS a@1']);
});

test('a changed listener is followed by its certificates, though they are the same', (t) => {
  const d = settled();
  const listeners = [aListener('l', '2', { routes: ['r'], secrets: ['s'] })];
  t.deepEqual(d.publish({ ...small, listeners }), ['LDS l@2', 'SDS s@1']);
});

test('endpoints and certificates wait for no wave', (t) => {
  const d = settled();
  t.deepEqual(d.publish({ ...small, routes: [routesOf('r', '2', ['a'])] }), ['RDS r@2']);
  const next = {
    ...small,
    endpoints: [endpointsOf('a', '3')],
    secrets: [aSecret('s', '3')],
    routes: [routesOf('r', '3', ['a'])],
  };
  t.deepEqual(d.publish(next), ['EDS a@3', 'SDS s@3']);
  t.deepEqual(d.ack('RDS'), []);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.verdicts(), []);
  t.deepEqual(d.ack('SDS'), ['RDS r@3']);
  t.deepEqual(d.verdicts(), ['2']);
});

test('a wave goes to its end however often snapshots come, and the next takes the newest', (t) => {
  const d = settled();
  const world = (version: string): World => ({
    ...small,
    clusters: [aCluster('a'), aCluster(`b${version}`)],
    routes: [routesOf('r', version, [`b${version}`])],
  });
  t.deepEqual(d.publish(world('2')), ['CDS b2@1']);
  t.deepEqual(d.publish(world('3')), []);
  t.deepEqual(d.publish(world('4')), []);
  t.deepEqual(d.ack('CDS'), ['RDS r@2']);
  t.deepEqual(d.ack('RDS'), ['CDS b4@1']);
  t.deepEqual(d.ack('CDS'), ['RDS r@4']);
  t.deepEqual(d.ack('RDS'), ['CDS -b2']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.verdicts(), ['2', '4']);
});

test('a listener takes over the port of another in one response', (t) => {
  const d = settled();
  const listeners = [aListener('m', '1', { routes: ['r'] })];
  t.deepEqual(d.publish({ ...small, listeners }), ['LDS m@1 -l']);
});

test('a cluster nobody subscribes endpoints for blocks nothing', (t) => {
  const d = settled();
  const clusters = [aCluster('a'), aCluster('idle')];
  const world = { ...small, clusters, endpoints: [endpointsOf('a'), endpointsOf('idle')] };
  t.deepEqual(d.publish({ ...world, routes: [routesOf('r', '2', ['idle'])] }), ['CDS idle@1']);
  t.deepEqual(d.ack('CDS'), ['RDS r@2']);
});

test('a snapshot without a difference gives a verdict at once', (t) => {
  const d = settled();
  t.deepEqual(d.publish({ ...small }), []);
  t.deepEqual(d.verdicts(), ['2']);
});

test('there is no verdict before clusters and listeners are asked for', (t) => {
  const d = aDialogue();
  d.publish({});
  d.ask('CDS');
  d.ack('CDS');
  t.deepEqual(d.verdicts(), []);
  d.publish({});
  t.deepEqual(d.verdicts(), []);
  d.ask('LDS');
  d.ack('LDS');
  t.deepEqual(d.verdicts(), ['2']);
});

const back = (name: string) => ({ initialVersions: versions({ [name]: '1' }) });

test('an Envoy that comes back to the same snapshot is sent nothing', (t) => {
  const d = aDialogue();
  d.publish(small);
  t.deepEqual(d.ask('CDS', back('a')), []);
  t.deepEqual(d.ask('EDS', { subscribe: ['a'], ...back('a') }), []);
  t.deepEqual(d.ask('SDS', { subscribe: ['s'], ...back('s') }), []);
  t.deepEqual(d.ask('LDS', back('l')), []);
  t.deepEqual(d.verdicts(), []);
  t.deepEqual(d.ask('RDS', { subscribe: ['r'], ...back('r') }), []);
  t.deepEqual(d.verdicts(), ['1']);
});

test('an Envoy that comes back to other routes is first given its endpoints and certificates', (t) => {
  const d = aDialogue();
  d.publish({ ...small, routes: [routesOf('r', '2', ['a'])] });
  d.ask('CDS', back('a'));
  d.ask('EDS', { subscribe: ['a'], ...back('a') });
  d.ask('SDS', { subscribe: ['s'], ...back('s') });
  d.ask('LDS', back('l'));
  t.deepEqual(d.ask('RDS', { subscribe: ['r'], ...back('r') }), ['EDS a@1', 'SDS s@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.ack('SDS'), ['RDS r@2']);
});

test('an Envoy that comes back keeps a cluster until its routes have been changed', (t) => {
  const d = aDialogue();
  d.publish({ ...small, clusters: [], endpoints: [], routes: [routesOf('r', '2')] });
  t.deepEqual(d.ask('CDS', back('a')), []);
  t.deepEqual(d.ask('EDS', { subscribe: ['a'], ...back('a') }), []);
  t.deepEqual(d.ask('LDS', back('l')), []);
  t.deepEqual(d.ask('RDS', { subscribe: ['r'], ...back('r') }), ['RDS r@2']);
  t.deepEqual(d.ack('RDS'), ['CDS -a']);
  t.deepEqual(d.ack('CDS'), ['EDS -a']);
});
