import test from 'ava';

import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, aSecret, endpointsOf, type World } from '../../../_support/xds/xds-world.ts';

const one = {
  clusters: [aCluster('a', '1', ['s'])],
  endpoints: [endpointsOf('a')],
  secrets: [aSecret('s')],
} satisfies World;

/** An Envoy that has one cluster, with its certificate. */
const settled = (): Dialogue => {
  const d = aDialogue();
  d.publish(one);
  d.ask('CDS');
  d.ask('LDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ask('SDS', { subscribe: ['s'] });
  for (const type of ['EDS', 'SDS', 'CDS', 'LDS'] as const) d.ack(type);
  d.verdicts();
  return d;
};

test('a cluster that is new is followed by its certificates, though they are the same', (t) => {
  const d = settled();
  const clusters = [...one.clusters, aCluster('b', '1', ['s'])];
  t.deepEqual(d.publish({ ...one, clusters, endpoints: [endpointsOf('a'), endpointsOf('b')] }), [
    'CDS b@1',
    'SDS s@1',
  ]);
  t.deepEqual(d.ask('EDS', { subscribe: ['b'] }), ['EDS b@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.ack('SDS'), []);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.verdicts(), ['2']);
});

test('the certificates of a cluster go after it', (t) => {
  const d = settled();
  t.deepEqual(d.publish({}), ['CDS -a']);
  t.deepEqual(d.ack('CDS'), ['EDS -a', 'SDS -s']);
});
