import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, aSecret, endpointsOf, type World } from '../../../_support/xds/xds-world.ts';

const known = {
  clusters: [aCluster('a', '1', ['s'])],
  endpoints: [endpointsOf('a')],
  secrets: [aSecret('s')],
} satisfies World;

const lost: World = { ...known, secrets: [{ ...aSecret('s'), keyless: true }] };

/** An Envoy that comes back with a cluster and this version of its certificate, or none; what it is sent. */
const back = (version?: string): { readonly d: Dialogue; readonly sent: readonly string[] } => {
  const d = aDialogue();
  d.publish(lost);
  const initialVersions = versions(version === undefined ? {} : { s: version });
  const sent = [
    d.ask('CDS', { initialVersions: versions({ a: '1' }) }),
    d.ask('LDS'),
    d.ask('EDS', { subscribe: ['a'], initialVersions: versions({ a: '1' }) }),
    d.ask('SDS', { subscribe: ['s'], initialVersions }),
    d.ack('LDS'),
  ];
  return { d, sent: sent.flat() };
};

test('a certificate whose key is lost stays where it is held, through whatever warms with it', (t) => {
  const { d, sent } = back('1');

  t.deepEqual(sent, ['LDS']);
  t.deepEqual(d.verdicts(), ['1']);
  const more = {
    ...lost,
    clusters: [...known.clusters, aCluster('b', '1', ['s'])],
    endpoints: [...known.endpoints, endpointsOf('b')],
  };
  t.deepEqual(d.publish(more), ['CDS b@1']);
  t.deepEqual(d.ask('EDS', { subscribe: ['b'] }), ['EDS b@1']);
  t.deepEqual([d.ack('EDS'), d.ack('CDS')].flat(), []);
  t.deepEqual(d.verdicts(), ['2']);
});

test('who does not hold it is told at once that there is none', (t) => {
  t.deepEqual(back().sent, ['LDS', 'SDS -s']);
});

test('another version of it is removed', (t) => {
  t.deepEqual(back('0').sent, ['LDS', 'SDS -s']);
});

test('it is sent to whoever does not hold it once the key is known again', (t) => {
  const [holder, other] = [back('1').d, back().d];
  other.ack('SDS');

  t.deepEqual(holder.publish(known), []);
  t.deepEqual(other.publish(known), ['SDS s@1']);
});

test('after the refusal of its next version it is removed, because it cannot be sent again', (t) => {
  const { d } = back('1');

  t.deepEqual(d.publish({ ...known, secrets: [aSecret('s', '2')] }), ['SDS s@2']);
  t.deepEqual(d.nack('SDS'), []);
  t.deepEqual(d.publish(lost), ['SDS -s']);
  t.deepEqual(d.ack('SDS'), []);
  t.deepEqual(d.publish({ ...lost, secrets: [aSecret('s', '3')] }), ['SDS s@3']);
});
