import test from 'ava';

import { isUnbound, waitAfter } from '../../../../src/xds/session/retry.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aDialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, aListener } from '../../../_support/xds/xds-world.ts';

const taken = (name: string): string =>
  `Error adding/updating listener(s) ${name}: cannot bind '0.0.0.0:80': Address already in use`;

/** A dialogue with an Envoy that could not bind the listener `l`. */
const aTakenPort = () => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a')], listeners: [aListener('l')] });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.nack('LDS', taken('l'));
  return d;
};

test('a listener that could not be bound is refused, and sent again when its time has come', (t) => {
  const d = aTakenPort();
  t.deepEqual(d.verdicts(), ['1 refused l@1']);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '2')], listeners: [aListener('l')] }), [
    'CDS a@2',
  ]);
  t.deepEqual(d.ack('CDS'), [], 'not because something else changed');
  t.deepEqual(d.verdicts(), ['2 refused l@1']);

  t.deepEqual(d.retry(), ['LDS l@1']);
  d.nack('LDS', taken('l'));
  t.deepEqual(d.verdicts(), ['2 refused l@1']);
  t.deepEqual(d.retry(), ['LDS l@1']);
  d.ack('LDS');
  t.deepEqual(d.verdicts(), ['2']);
  t.deepEqual(d.retry(), []);
});

test('in the midst of a wave it is sent with what the wave sends, and each is found out', (t) => {
  const d = aTakenPort();
  d.verdicts();
  const listeners = [aListener('l'), aListener('m')];
  t.deepEqual(d.publish({ clusters: [aCluster('b')], listeners }), ['CDS b@1']);
  t.deepEqual(d.retry(), []);
  t.deepEqual(d.ack('CDS'), ['LDS l@1 m@1']);
  t.deepEqual(d.nack('LDS', taken('l')), ['LDS m@1']);
  t.deepEqual(d.ack('LDS'), ['LDS l@1']);
  t.deepEqual(d.nack('LDS', taken('l')), ['CDS -a'], 'what no listener uses is removed');
  d.ack('CDS');
  t.deepEqual(d.verdicts(), ['2 refused l@1']);
});

test('a listener that Envoy refuses for what it says is not sent again', (t) => {
  const d = aDialogue();
  d.publish({ listeners: [aListener('l')] });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.nack('LDS', 'Error adding/updating listener(s) l: no such filter');
  t.deepEqual(d.verdicts(), ['1 refused l@1']);
  t.deepEqual(d.retry(), []);
});

test('a listener that is gone is not sent again', (t) => {
  const d = aTakenPort();
  d.publish({ clusters: [aCluster('a')] });
  t.deepEqual(d.verdicts(), ['1 refused l@1', '2']);
  t.deepEqual(d.retry(), []);
});

test('only what Envoy itself says of binding counts, not what users make it quote', (t) => {
  const says = (message: string, typeUrl: TypeUrl = TypeUrl.Listener): boolean =>
    isUnbound({ typeUrl, name: 'l', version: '1', message });
  t.true(says(taken('l')));
  t.true(says("Error adding/updating listener(s) l: cannot bind '0.0.0.0:81': Permission denied"));
  t.false(says("Error adding/updating listener(s) l: bad name: l: cannot bind '0.0.0.0:80': no"));
  t.false(says(taken('other')));
  t.false(says(taken('l'), TypeUrl.Routes));
});

test('the wait grows from a second to half a minute', (t) => {
  t.deepEqual([1, 2, 3, 4, 5, 6, 7, 40].map(waitAfter), [
    ...[1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
  ]);
});
