import test from 'ava';

import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import {
  aCluster,
  aFilter,
  aListener,
  aNamedFilter,
  aScope,
  endpointsOf,
  routesOf,
  type World,
} from '../../../_support/xds/xds-world.ts';

const plain: World = {
  listeners: [aListener('on', '1', { routes: ['web'] })],
  routes: [routesOf('web')],
};

const filtered: World = {
  ...plain,
  clusters: [aCluster('auth')],
  endpoints: [endpointsOf('auth')],
  listeners: [aListener('on', '2', { routes: ['web'], filters: ['Auth a/b'] })],
  filters: [aNamedFilter('Auth a/b', '1', ['auth'])],
  routes: [routesOf('web', '2')],
};

/** An Envoy that has all of a world without scopes. */
const running = (world: World): Dialogue => {
  const d = aDialogue();
  d.publish(world);
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ack('LDS');
  d.ask('RDS', { subscribe: ['web'] });
  d.ack('RDS');
  return d;
};

/** The same with the filter. */
const filtering = (): Dialogue => {
  const d = running(plain);
  d.publish(filtered);
  d.ask('EDS', { subscribe: ['auth'] });
  d.ack('EDS');
  d.ack('CDS');
  d.ask('ECDS', { subscribe: ['Auth a/b'] });
  d.ack('LDS');
  d.ack('ECDS');
  d.ack('RDS');
  return d;
};

test('a listener gets a new filter behind its cluster, and before routes that may rely on it', (t) => {
  const d = running(plain);
  t.deepEqual(d.publish(filtered), ['CDS auth@1']);
  t.deepEqual(d.ask('EDS', { subscribe: ['auth'] }), ['EDS auth@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.ack('CDS'), ['LDS on@2']);
  t.deepEqual(d.ask('ECDS', { subscribe: ['Auth a/b'] }), []);
  t.deepEqual(d.ack('LDS'), ['ECDS Auth a/b@1']);
  t.deepEqual(d.ack('ECDS'), ['RDS web@2']);
  t.deepEqual(d.ack('RDS'), []);
});

test('other settings of a filter are sent alone', (t) => {
  const d = filtering();
  const filters = [aNamedFilter('Auth a/b', '2', ['auth'])];
  t.deepEqual(d.publish({ ...filtered, filters }), ['ECDS Auth a/b@2']);
  t.deepEqual(d.ack('ECDS'), []);
});

test('a filter that is gone stays, and its cluster, as long as connections use it', (t) => {
  const d = filtering();
  t.deepEqual(d.publish(plain), ['LDS on@1']);
  t.deepEqual(d.ack('LDS'), ['RDS web@1']);
  t.deepEqual(d.ack('RDS'), []);
  t.deepEqual(d.ask('ECDS', { unsubscribe: ['Auth a/b'] }), ['CDS -auth']);
  t.deepEqual(d.ack('CDS'), ['EDS -auth']);
});

test('what a filter names stays while Envoy refuses the one that names it no more', (t) => {
  const d = filtering();
  const { clusters: _, endpoints: __, ...others } = filtered;
  t.deepEqual(d.publish({ ...others, filters: [aNamedFilter('Auth a/b', '2')] }), [
    'ECDS Auth a/b@2',
  ]);
  t.deepEqual(d.nack('ECDS'), []);
  t.deepEqual(d.verdicts().at(-1), '3 refused Auth a/b@2');
  t.deepEqual(d.publish({ ...others, filters: [aNamedFilter('Auth a/b', '3')] }), [
    'ECDS Auth a/b@3',
  ]);
  t.deepEqual(d.ack('ECDS'), ['CDS -auth']);
});

test('an Envoy that refuses the cluster of a filter is sent what lets nothing pass in its place', (t) => {
  const orElse = aNamedFilter('Auth a/b', 'closed');
  const needing = (cluster: string, version: string) => ({
    ...aNamedFilter('Auth a/b', version, [cluster]),
    needs: { cluster, orElse },
  });
  const asking: World = { ...filtered, filters: [needing('auth', '2')] };
  const d = filtering();
  t.deepEqual(d.publish(asking), ['ECDS Auth a/b@2']);
  d.ack('ECDS');
  const wrong: World = {
    ...asking,
    clusters: [aCluster('wrong')],
    filters: [needing('wrong', '3')],
  };
  t.deepEqual(d.publish(wrong), ['CDS wrong@1']);
  t.deepEqual(d.nack('CDS'), ['ECDS Auth a/b@closed']);
  t.deepEqual(d.ack('ECDS'), []);
  t.is(d.verdicts().at(-1), '4 refused wrong@1');
  t.deepEqual(d.publish(asking), ['ECDS Auth a/b@2']);
});

test('the filter of a table waits for scopes, and the other filters of its listener do not', (t) => {
  const d = aDialogue();
  d.publish({
    listeners: [aListener('on', '1', { filters: ['shards web', 'Auth a/b'] })],
    filters: [aFilter('web'), aNamedFilter('Auth a/b')],
    scopes: [aScope('web')],
  });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  t.deepEqual(d.ask('ECDS', { subscribe: ['shards web', 'Auth a/b'] }), []);
  t.deepEqual(d.ack('LDS'), ['ECDS Auth a/b@1']);
  t.deepEqual(d.ack('ECDS'), []);
  t.deepEqual(d.ask('SRDS'), ['SRDS web@1']);
  t.deepEqual(d.ack('SRDS'), ['ECDS shards web@1']);
});

test('an Envoy that asks for the first filter of a table is sent its scopes again, others are not', (t) => {
  const d = filtering();
  t.deepEqual(d.ask('ECDS', { subscribe: ['Auth c/d'] }), ['ECDS -Auth c/d']);
});

test('scopes that may rely on a new filter come behind it, those that are new before', (t) => {
  const before: World = {
    listeners: [aListener('on', '1', { filters: ['shards web'] })],
    filters: [aFilter('web')],
    scopes: [aScope('web')],
  };
  const d = aDialogue();
  d.publish(before);
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ask('SRDS');
  d.ask('ECDS', { subscribe: ['shards web'] });
  d.ack('LDS');
  d.ack('SRDS');
  d.ack('ECDS');
  const after: World = {
    listeners: [aListener('on', '2', { filters: ['shards web', 'Auth a/b'] })],
    filters: [aFilter('web'), aNamedFilter('Auth a/b')],
    scopes: [aScope('web', '2'), aScope('other')],
  };
  t.deepEqual(d.publish(after), ['SRDS other@1']);
  t.deepEqual(d.ack('SRDS'), ['LDS on@2']);
  t.deepEqual(d.ask('ECDS', { subscribe: ['Auth a/b'] }), []);
  t.deepEqual(d.ack('LDS'), ['ECDS Auth a/b@1']);
  t.deepEqual(d.ack('ECDS'), ['SRDS web@2']);
  t.deepEqual(d.ack('SRDS'), []);
});
