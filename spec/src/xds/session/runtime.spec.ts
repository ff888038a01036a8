import test from 'ava';

import { from } from '../../../../src/collection/collection.ts';
import { aDialogue } from '../../../_support/xds/xds-dialogue.ts';
import { aCluster, aListener, aRuntime, endpointsOf } from '../../../_support/xds/xds-world.ts';

const layer = { subscribe: ['connection-limits'] };

test('an Envoy that starts waits for its runtime, and is told at once that there is none', (t) => {
  const dialogue = aDialogue();
  t.deepEqual(dialogue.ask('RTDS', layer), []);
  t.deepEqual(dialogue.publish({ clusters: [aCluster('a')] }), ['RTDS -connection-limits']);
  t.deepEqual(dialogue.ask('CDS'), ['CDS a@1']);
});

test('the runtime waits for nobody, and a wave that changes it ends with its answer', (t) => {
  const dialogue = aDialogue();
  const world = { clusters: [aCluster('a')], endpoints: [endpointsOf('a')] };
  dialogue.publish({ ...world, runtime: [aRuntime()] });
  t.deepEqual(dialogue.ask('RTDS', layer), ['RTDS connection-limits@1']);
  dialogue.ask('CDS');
  dialogue.ask('EDS', { subscribe: ['a'] });
  dialogue.ask('LDS');
  dialogue.ack('EDS');
  dialogue.ack('CDS');
  t.deepEqual(dialogue.verdicts(), []);
  dialogue.ack('LDS');
  t.deepEqual(dialogue.verdicts(), []);
  dialogue.ack('RTDS');
  t.deepEqual(dialogue.verdicts(), ['1']);
  t.deepEqual(
    dialogue.publish({ ...world, listeners: [aListener('l')], runtime: [aRuntime('2')] }),
    ['RTDS connection-limits@2', 'LDS l@1'],
  );
  dialogue.ack('RTDS');
  dialogue.ack('LDS');
  t.deepEqual(dialogue.publish({ ...world, listeners: [aListener('l')] }), [
    'RTDS -connection-limits',
  ]);
});

test('a refused runtime is named, and the next wave goes on', (t) => {
  const dialogue = aDialogue();
  dialogue.publish({ runtime: [aRuntime()] });
  dialogue.ask('RTDS', layer);
  dialogue.ask('CDS');
  dialogue.ask('LDS');
  dialogue.ack('CDS');
  dialogue.ack('LDS');
  dialogue.nack('RTDS');
  t.deepEqual(dialogue.verdicts(), ['1 refused connection-limits@1']);
  t.deepEqual(dialogue.publish({ runtime: [aRuntime('2')] }), ['RTDS connection-limits@2']);
});

test('an Envoy with a bootstrap of an older version never asks for it, and lacks nothing else', (t) => {
  const dialogue = aDialogue();
  dialogue.publish({ runtime: [aRuntime()], listeners: [aListener('l')] });
  dialogue.ask('CDS');
  dialogue.ask('LDS');
  t.deepEqual(dialogue.ack('CDS'), ['LDS l@1']);
  dialogue.ack('LDS');
  t.deepEqual(dialogue.verdicts(), ['1']);
});

test('an Envoy that comes back is sent the runtime only if it has another one', (t) => {
  const dialogue = aDialogue();
  dialogue.publish({ runtime: [aRuntime()] });
  const holding = { ...layer, initialVersions: from([['connection-limits', { version: '1' }]]) };
  t.deepEqual(dialogue.ask('RTDS', holding), []);
  t.deepEqual(dialogue.publish({ runtime: [aRuntime('2')] }), ['RTDS connection-limits@2']);
});
