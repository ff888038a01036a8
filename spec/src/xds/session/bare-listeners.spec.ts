import test from 'ava';

import { versions } from '../../../_support/xds/versions.ts';
import { aDialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, aListener, endpointsOf, type World } from '../../../_support/xds/xds-world.ts';

/** A listener that passes connections on to a cluster. */
const passing = (version: string, cluster: string): World => ({
  clusters: [aCluster(cluster)],
  endpoints: [endpointsOf(cluster)],
  listeners: [aListener('l', version, { clusters: [cluster] })],
});

test('a backend is swapped without a moment in which a listener passes connections to none', (t) => {
  const d = aDialogue();
  d.publish(passing('1', 'a'));
  d.ask('CDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ack('CDS');
  d.ack('EDS');
  t.deepEqual(d.ask('LDS'), ['LDS l@1']);
  d.ack('LDS');
  t.deepEqual(d.publish(passing('2', 'b')), ['CDS b@1']);
  t.deepEqual(d.ask('EDS', { subscribe: ['b'] }), ['EDS b@1']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.ack('EDS'), ['LDS l@2']);
  t.deepEqual(d.ack('LDS'), ['CDS -a']);
});

const back = (name: string) => ({ initialVersions: versions({ [name]: '1' }) });

test('an Envoy that comes back to listeners without routes is not waited for to ask for any', (t) => {
  const d = aDialogue();
  d.publish(passing('1', 'a'));
  d.ask('CDS', back('a'));
  d.ask('EDS', { subscribe: ['a'], ...back('a') });
  t.deepEqual(d.ask('LDS', back('l')), []);
  t.deepEqual(d.verdicts(), ['1']);
});
