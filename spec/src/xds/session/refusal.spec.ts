import test from 'ava';

import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aDialogue, type Dialogue } from '../../../_support/xds/xds-dialogue.ts';
import {
  aCluster,
  aListener,
  aSecret,
  endpointsOf,
  routesOf,
} from '../../../_support/xds/xds-world.ts';

/** Answers clusters until there is no more to answer, refusing all responses with one of these. */
const refusing = (d: Dialogue, first: readonly string[], bad: readonly string[]): string[] => {
  const sent: string[] = [];
  let responses = first;
  for (let [response] = responses; response !== undefined; [response] = responses) {
    sent.push(response);
    const isBad = response.split(' ').some((word) => bad.includes(word));
    responses = isBad ? d.nack('CDS') : d.ack('CDS');
  }
  return sent;
};

const letters = 'abcdefghijklmnop'.split('');

test('one culprit among sixteen costs six more responses, and everything else is delivered', (t) => {
  const d = aDialogue();
  d.publish({ clusters: letters.map((name) => aCluster(name)) });
  const sent = refusing(d, d.ask('CDS'), ['f@1']);
  t.true(sent.length <= 1 + 6, sent.join('\n'));
  const delivered = sent
    .filter((response) => !response.includes('f@1'))
    .join(' ')
    .split(' ');
  t.deepEqual(
    [...new Set(delivered)].filter((word) => word !== 'CDS').sort(),
    letters.filter((name) => name !== 'f').map((name) => `${name}@1`),
  );
  d.ask('LDS');
  d.ack('LDS');
  t.deepEqual(d.verdicts(), ['1 refused f@1']);
});

test('several culprits are all found', (t) => {
  const d = aDialogue();
  d.publish({ clusters: letters.map((name) => aCluster(name)) });
  refusing(d, d.ask('CDS'), ['a@1', 'h@1', 'p@1']);
  d.ask('LDS');
  d.ack('LDS');
  const [verdict = ''] = d.verdicts();
  t.deepEqual(verdict.split(' refused ').sort(), ['1', 'a@1', 'h@1', 'p@1']);
});

test('things that are refused only together are all delivered in the end', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  t.deepEqual(d.ask('CDS'), ['CDS a@1 b@1']);
  const [first = ''] = d.nack('CDS');
  const [second = ''] = d.ack('CDS');
  t.deepEqual([first, second].sort(), ['CDS a@1', 'CDS b@1']);
  t.deepEqual(d.ack('CDS'), []);
});

test('a refused version is not sent again, the next one is', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a', '1')] });
  d.ask('CDS');
  d.ack('CDS');
  d.publish({ clusters: [aCluster('a', '2')] });
  t.deepEqual(d.nack('CDS'), []);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '2'), aCluster('b')] }), ['CDS b@1']);
  t.deepEqual(d.ack('CDS'), []);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '3'), aCluster('b')] }), ['CDS a@3']);
});

test('what was held before a refusal is still held: the way back costs nothing', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a', '1')] });
  d.ask('CDS');
  d.ack('CDS');
  d.publish({ clusters: [aCluster('a', '2')] });
  d.nack('CDS');
  t.deepEqual(d.publish({ clusters: [aCluster('a', '1')] }), []);
});

test('what was refused with others may have been applied: the way back is sent', (t) => {
  const d = aDialogue();
  d.publish({ clusters: [aCluster('a', '1'), aCluster('b', '1')] });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ack('LDS');
  d.publish({ clusters: [aCluster('a', '2'), aCluster('b', '2')] });
  const [probe = ''] = d.nack('CDS');
  const [other = ''] = d.nack('CDS');
  t.deepEqual([probe, other].sort(), ['CDS a@2', 'CDS b@2']);
  t.deepEqual(d.ack('CDS'), []);
  const [, applied = ''] = other.split(/ |@/);
  t.deepEqual(d.publish({ clusters: [aCluster('a', '1'), aCluster('b', '1')] }), [
    `CDS ${applied}@1`,
  ]);
});

test('what was refused on an earlier stream is not sent on this one', (t) => {
  const refused = [{ typeUrl: TypeUrl.Cluster, name: 'a', version: '1', message: 'no' }];
  const d = aDialogue({ refused });
  d.publish({ clusters: [aCluster('a'), aCluster('b')] });
  t.deepEqual(d.ask('CDS'), ['CDS b@1']);
});

test('an Envoy that waits for something it refused is told that there is none', (t) => {
  const refused = [{ typeUrl: TypeUrl.Endpoints, name: 'a', version: '1', message: 'no' }];
  const d = aDialogue({ refused });
  d.publish({ endpoints: [endpointsOf('a')] });
  t.deepEqual(d.ask('EDS', { subscribe: ['a'] }), ['EDS -a']);
});

test('clusters stay while refused routes leave the old ones in force', (t) => {
  const d = aDialogue();
  const listeners = [aListener('l', '1', { routes: ['r'] })];
  d.publish({ clusters: [aCluster('a')], listeners, routes: [routesOf('r', '1', ['a'])] });
  d.ask('CDS');
  d.ack('CDS');
  d.ask('LDS');
  d.ask('RDS', { subscribe: ['r'] });
  t.deepEqual(d.ack('LDS'), ['RDS r@1']);
  d.ack('RDS');
  t.deepEqual(d.publish({ listeners, routes: [routesOf('r', '2')] }), ['RDS r@2']);
  t.deepEqual(d.nack('RDS'), []);
  t.deepEqual(d.verdicts(), ['1', '2 refused r@2']);
  t.deepEqual(d.publish({ listeners, routes: [routesOf('r', '3')] }), ['RDS r@3']);
  t.deepEqual(d.ack('RDS'), ['CDS -a']);
});

test('certificates stay while a refused cluster leaves the old one in force', (t) => {
  const d = aDialogue();
  const endpoints = [endpointsOf('a')];
  d.publish({ endpoints, secrets: [aSecret('s')], clusters: [aCluster('a', '1', ['s'])] });
  d.ask('CDS');
  d.ask('LDS');
  d.ask('EDS', { subscribe: ['a'] });
  d.ask('SDS', { subscribe: ['s'] });
  for (const type of ['EDS', 'SDS', 'CDS', 'LDS'] as const) d.ack(type);
  t.deepEqual(d.publish({ endpoints, clusters: [aCluster('a', '2')] }), ['CDS a@2', 'EDS a@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.nack('CDS'), []);
  t.deepEqual(d.publish({ endpoints, clusters: [aCluster('a', '3')] }), ['CDS a@3', 'EDS a@1']);
  t.deepEqual(d.ack('EDS'), []);
  t.deepEqual(d.ack('CDS'), ['SDS -s']);
});

test('what went away while its refusal was on the way may have been applied: it is undone', (t) => {
  const d = aDialogue();
  const world = (version: string) => ({
    endpoints: [endpointsOf('a', version), endpointsOf('b', version)],
  });
  d.publish(world('1'));
  d.ask('EDS', { subscribe: ['a', 'b'] });
  d.ack('EDS');
  d.publish(world('2'));
  t.deepEqual(d.publish(world('1')), []);
  const sent = [d.nack('EDS'), d.ack('EDS'), d.ack('EDS')].flat();
  t.deepEqual(sent.toSorted(), ['EDS a@1', 'EDS b@1']);
});
