import test from 'ava';

import { open, type Conversation } from '../../../../src/xds/session/conversation.ts';
import { step, type ConversationEvent } from '../../../../src/xds/session/step.ts';
import { TypeUrl, typeUrls } from '../../../../src/xds/type-url.ts';
import { request } from '../../../_support/xds/fake-envoy.ts';
import { versions } from '../../../_support/xds/versions.ts';
import {
  aCluster,
  aListener,
  aSnapshot,
  endpointsOf,
  routesOf,
} from '../../../_support/xds/xds-world.ts';

const published: ConversationEvent = {
  _tag: 'Published',
  snapshot: aSnapshot(1, {
    clusters: [aCluster('a')],
    endpoints: [endpointsOf('a')],
    listeners: [aListener('l', '1', { routes: ['r'] })],
    routes: [routesOf('r', '1', ['a'])],
  }),
};

/** An Envoy says that it still has this, by its name where the type is asked for by names. */
const back = (typeUrl: TypeUrl, name: string, ...subscribe: string[]): ConversationEvent => ({
  _tag: 'Requested',
  request: { ...request(typeUrl), subscribe, initialVersions: versions({ [name]: '1' }) },
});

const after = (...events: readonly ConversationEvent[]): Conversation =>
  events.reduce((at, event) => step(at, event).conversation, open({ node: 'spec' }));

const trusted = ({ sessions }: Conversation): readonly string[] =>
  typeUrls.filter((typeUrl) => sessions[typeUrl].trusted.size > 0);

const returned = [
  back(TypeUrl.Cluster, 'a'),
  back(TypeUrl.Endpoints, 'a', 'a'),
  back(TypeUrl.Listener, 'l'),
  back(TypeUrl.Routes, 'r', 'r'),
];

test('what a client says it has is remembered as its word until there is something to compare', (t) => {
  t.deepEqual(trusted(after(...returned)), [TypeUrl.Endpoints]);
});

test('what has proven true is the word of the client no longer', (t) => {
  t.deepEqual(trusted(after(...returned, published)), []);
  t.deepEqual(trusted(after(published, ...returned)), []);
});
