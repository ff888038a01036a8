import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue } from '../../../_support/xds/xds-dialogue.ts';
import {
  aCluster,
  aListener,
  aSecret,
  endpointsOf,
  routesOf,
} from '../../../_support/xds/xds-world.ts';

const routed = (to: string, version: string) => ({
  clusters: [aCluster(to)],
  endpoints: [endpointsOf(to)],
  listeners: [aListener('l')],
  routes: [routesOf('r', version, [to])],
});

/** An Envoy with one route to `a`; rests pass when the spec says so. */
const settled = () => {
  const d = aDialogue({}, { rests: true });
  d.publish(routed('a', '1'));
  d.ask('CDS');
  d.ask('LDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ack('CDS');
  d.ack('EDS');
  d.ask('RDS', { subscribe: ['r'] });
  for (const type of ['LDS', 'RDS'] as const) d.ack(type);
  d.verdicts();
  return d;
};

/** The route goes elsewhere; the wave is over. */
const moved = (d: ReturnType<typeof settled>, to: string, version: string): void => {
  d.publish(routed(to, version));
  d.ask('EDS', { subscribe: [to] });
  d.ack('CDS');
  d.ack('EDS');
  d.ack('RDS');
};

test('a cluster that is gone is removed after a whole rest, with its endpoints behind it', (t) => {
  const d = settled();
  moved(d, 'b', '2');
  t.deepEqual(d.verdicts(), ['2'], 'the wave waits for no rest');
  t.deepEqual(d.rest(), []);
  t.deepEqual(d.rest(), ['CDS -a']);
  t.deepEqual(d.ack('CDS'), ['EDS -a']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.rest(), []);
  t.deepEqual(d.verdicts(), []);
});

test('one that comes back meanwhile is not sent again, and rests anew when it goes', (t) => {
  const d = settled();
  moved(d, 'b', '2');
  t.deepEqual(d.rest(), []);
  t.deepEqual(d.publish(routed('a', '3')), ['RDS r@3']);
  t.deepEqual(d.ack('RDS'), []);
  moved(d, 'b', '4');
  t.deepEqual(d.rest(), [], 'b was gone for less than a rest, and a is gone since just now');
  t.deepEqual(d.rest(), ['CDS -a']);
});

test('one whose rest ends in the midst of a wave is removed when routes are in force', (t) => {
  const d = settled();
  moved(d, 'b', '2');
  d.rest();
  t.deepEqual(d.publish(routed('c', '3')), ['CDS c@1']);
  t.deepEqual(d.rest(), []);
  d.ask('EDS', { subscribe: ['c'] });
  d.ack('CDS');
  t.deepEqual(d.ack('EDS'), ['RDS r@3']);
  t.deepEqual(d.ack('RDS'), ['CDS -a']);
  t.deepEqual(d.ack('CDS'), ['EDS -a']);
});

test('an Envoy that comes back keeps what is gone for a rest', (t) => {
  const d = aDialogue({}, { rests: true });
  d.publish(routed('b', '2'));
  const held = (name: string) => ({ initialVersions: versions({ [name]: '1' }) });
  t.deepEqual(d.ask('CDS', held('a')), ['CDS b@1']);
  d.ask('LDS', held('l'));
  d.ask('EDS', { subscribe: ['a', 'b'], ...held('a') });
  d.ask('RDS', { subscribe: ['r'], ...held('r') });
  for (const type of ['CDS', 'EDS', 'LDS', 'RDS'] as const) d.ack(type);
  t.deepEqual([d.rest(), d.rest()], [[], ['CDS -a']]);
});

test('one whose secret is gone too does not rest: nothing is sent where nobody vouches for', (t) => {
  const d = aDialogue({}, { rests: true });
  const world = { endpoints: [endpointsOf('a')], listeners: [aListener('l')] };
  const routes = [routesOf('r', '1', ['a'])];
  d.publish({ ...world, routes, clusters: [aCluster('a', '1', ['ca'])], secrets: [aSecret('ca')] });
  d.ask('CDS');
  d.ask('LDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ask('SDS', { subscribe: ['ca'] });
  for (const type of ['CDS', 'EDS', 'SDS'] as const) d.ack(type);
  d.ask('RDS', { subscribe: ['r'] });
  for (const type of ['LDS', 'RDS'] as const) d.ack(type);
  t.deepEqual(d.publish({ ...world, routes }), ['CDS -a']);
});
