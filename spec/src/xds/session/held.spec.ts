import test from 'ava';

import { open, type Conversation } from '../../../../src/xds/session/conversation.ts';
import { step } from '../../../../src/xds/session/step.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { request } from '../../../_support/xds/fake-envoy.ts';
import { versions } from '../../../_support/xds/versions.ts';
import { aCluster, aSnapshot } from '../../../_support/xds/xds-world.ts';

const snapshot = (changed: string) =>
  aSnapshot(1, {
    clusters: ['a', 'b', 'c'].map((name) => aCluster(name, name === 'a' ? changed : '1')),
  });
const first = snapshot('1');
const second = snapshot('2');

const published = (conversation: Conversation, next: typeof first): Conversation =>
  step(conversation, { _tag: 'Published', snapshot: next }).conversation;
const asks = (conversation: Conversation, part: object): Conversation =>
  step(conversation, { _tag: 'Requested', request: { ...request(TypeUrl.Cluster), ...part } })
    .conversation;
const held = ({ sessions }: Conversation) => sessions[TypeUrl.Cluster].held;
const all = { initialVersions: versions({ a: '1', b: '1', c: '1' }) };

test('an Envoy that comes back with everything shares it with the snapshot', (t) => {
  t.is(held(asks(published(open({ node: 'n' }), first), all)), first.resources[TypeUrl.Cluster]);
});

test('so does one that comes back before there is a snapshot', (t) => {
  t.is(held(published(asks(open({ node: 'n' }), all), first)), first.resources[TypeUrl.Cluster]);
});

test('when a change is acknowledged all is shared again, and not before', (t) => {
  const told = published(asks(published(open({ node: 'n' }), first), all), second);
  t.is(held(told), first.resources[TypeUrl.Cluster]);
  t.is(held(asks(told, { nonce: '1' })), second.resources[TypeUrl.Cluster]);
});
