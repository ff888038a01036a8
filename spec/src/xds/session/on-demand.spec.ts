import test from 'ava';

import { empty, from, has } from '../../../../src/collection/collection.ts';
import {
  certificateFor,
  type ServedCertificate,
  type ServedCertificates,
} from '../../../../src/xds/certificate/served-certificate.ts';
import { tlsSecret } from '../../../../src/xds/certificate/tls-secret.ts';
import { open, type Conversation } from '../../../../src/xds/session/conversation.ts';
import type { DeltaRequest, DeltaResponse } from '../../../../src/xds/session/discovery.ts';
import { mostSpareNames } from '../../../../src/xds/session/spare-names.ts';
import { step } from '../../../../src/xds/session/step.ts';
import type { Snapshot } from '../../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aSecret } from '../../../_support/world/an-ir.ts';
import { request } from '../../../_support/xds/fake-envoy.ts';
import { aSnapshot, aListener, type World } from '../../../_support/xds/xds-world.ts';

const served = (content: string) => ({
  resource: tlsSecret(aSecret({ certificateChain: content })),
});

const nothing: World = { clusters: [], endpoints: [], secrets: [], listeners: [], routes: [] };

const snapshotOf = (
  seq: number,
  certificates: ServedCertificates,
  world: Partial<World> = {},
): Snapshot => ({ ...aSnapshot(seq, { ...nothing, ...world }), certificates });

/**
 * A conversation with an Envoy that answers everything at once, and takes back the names of secrets
 * that it loses; with what it was told of secrets.
 */
const aTalk = (first?: Snapshot) => {
  let conversation: Conversation = open({ node: 'fake' });
  let told: string[] = [];
  const happen = (event: Parameters<typeof step>[1]): readonly DeltaResponse[] => {
    const turn = step(conversation, event);
    conversation = turn.conversation;
    return turn.responses;
  };
  const answer = (responses: readonly DeltaResponse[]): void => {
    for (const { typeUrl, nonce, resources, removed } of responses) {
      if (typeUrl === TypeUrl.Secret)
        told.push(...resources.map(({ name }) => `+${name}`), ...removed.map((name) => `-${name}`));
      const unsubscribe = typeUrl === TypeUrl.Secret ? removed : [];
      answer(happen({ _tag: 'Requested', request: { ...request(typeUrl), nonce, unsubscribe } }));
    }
  };
  const ask = (part: Partial<DeltaRequest>, typeUrl: string = TypeUrl.Secret): void =>
    answer(happen({ _tag: 'Requested', request: { ...request(typeUrl), ...part } }));
  const publish = (snapshot: Snapshot): void => answer(happen({ _tag: 'Published', snapshot }));
  if (first !== undefined) publish(first);
  ask({}, TypeUrl.Cluster);
  ask({}, TypeUrl.Listener);
  return {
    ask,
    publish,
    happen,
    answer,
    /** What was told since the last time, sorted. */
    heard: (): readonly string[] => {
      const heard = told.sort();
      told = [];
      return heard;
    },
    holds: (name: string): boolean => has(conversation.sessions[TypeUrl.Secret].held, name),
  };
};

const world = { listeners: [aListener('web')] };

/** A Host with a name of its own, and one with a pattern, and what is different. */
const hosts = (others: Readonly<Record<string, ServedCertificate>> = {}): ServedCertificates =>
  from(
    Object.entries({ 'a.example': served('1'), '*.w.example': served('1'), ...others }).map(
      ([names, certificate]): readonly [string, ServedCertificate] => [names, certificate],
    ),
  );

const both = hosts();

test('a server name is answered at once, be there a certificate or not', (t) => {
  const talk = aTalk(snapshotOf(1, both, world));
  talk.ask({ subscribe: ['a.example', 'x.w.example', 'unknown.example'] });
  t.deepEqual(talk.heard(), ['+a.example', '+x.w.example', '-unknown.example']);
});

test('names with one certificate share a response, which is refused for all of them', (t) => {
  const others = Object.fromEntries(['b.example', 'c.example'].map((name) => [name, served(name)]));
  const talk = aTalk(snapshotOf(1, hosts(others), world));
  const wide = Array.from({ length: 20 }, (_, n) => `n${n}.w.example`);
  const subscribe = [...wide, 'b.example', 'c.example'];
  const ask = { ...request(TypeUrl.Secret), subscribe };
  let responses = talk.happen({ _tag: 'Requested', request: ask });
  const sizes: number[] = [];
  const removed: string[] = [];
  for (let [response] = responses; response !== undefined; [response] = responses) {
    const { nonce, resources, removed: gone } = response;
    if (resources.length > 0) sizes.push(resources.length);
    removed.push(...gone);
    const error = resources.length > 1 ? { error: 'no' } : {};
    const answer = { ...request(TypeUrl.Secret), nonce, ...error };
    responses = talk.happen({ _tag: 'Requested', request: answer });
  }
  t.deepEqual(sizes.sort(), [1, 1, 20]);
  t.deepEqual(removed.sort(), wide.sort());
  t.true(talk.holds('b.example'));
});

test('a renewed certificate is sent to the names that were asked for, and to no other', (t) => {
  const talk = aTalk(snapshotOf(1, both, world));
  talk.ask({ subscribe: ['a.example', 'A.example', 'x.w.example', 'y.w.example'] });
  talk.heard();
  talk.publish(snapshotOf(2, hosts({ 'a.example': served('2') }), world));
  t.deepEqual(talk.heard(), ['+A.example', '+a.example']);
  talk.publish(
    snapshotOf(3, hosts({ 'a.example': served('2'), '*.w.example': served('2') }), world),
  );
  t.deepEqual(talk.heard(), ['+x.w.example', '+y.w.example']);
});

test('a Host inside of a pattern takes over its name, and gives it back', (t) => {
  const talk = aTalk(snapshotOf(1, both, world));
  talk.ask({ subscribe: ['x.w.example', 'y.w.example'] });
  talk.heard();
  talk.publish(snapshotOf(2, hosts({ 'x.w.example': served('2') }), world));
  t.deepEqual(talk.heard(), ['+x.w.example']);
  talk.publish(snapshotOf(3, hosts({ 'x.w.example': {} }), world));
  t.deepEqual(talk.heard(), ['-x.w.example']);
});

test('a name whose Host is gone is taken away when no listener needs it any more', (t) => {
  const talk = aTalk(snapshotOf(1, both, world));
  talk.ask({ subscribe: ['a.example', 'x.w.example'] });
  talk.heard();
  const changed = { listeners: [aListener('web', '2')] };
  const responses = talk.happen({ _tag: 'Published', snapshot: snapshotOf(2, empty(), changed) });
  t.deepEqual(
    responses.map(({ typeUrl }) => typeUrl),
    [TypeUrl.Listener],
  );
  // The listener that is about to go takes one more client.
  talk.ask({ subscribe: ['late.w.example'] });
  t.deepEqual(talk.heard(), ['+late.w.example']);
  talk.answer(responses);
  t.deepEqual(talk.heard(), ['-a.example', '-late.w.example', '-x.w.example']);
  talk.ask({ subscribe: ['later.w.example'] });
  t.deepEqual(talk.heard(), ['-later.w.example']);
});

test('an Envoy that comes back with its names is sent what differs', (t) => {
  const talk = aTalk(snapshotOf(1, both));
  const held = ['x.w.example', 'y.w.example', 'gone.example'].map((name) => {
    const certificate = certificateFor(both, name);
    const version = typeof certificate === 'object' ? certificate.version : 'old';
    return [name, { version: name === 'y.w.example' ? 'old' : version }] as const;
  });
  talk.ask({
    subscribe: [...held.map(([name]) => name), 'a.example'],
    initialVersions: from<string, { readonly version: string }>(held),
  });
  t.deepEqual(talk.heard(), ['+a.example', '+y.w.example', '-gone.example']);
});

test('names that clients made up are forgotten, the oldest first', (t) => {
  const talk = aTalk(snapshotOf(1, both, world));
  talk.ask({ subscribe: ['a.example'] });
  let [gone, held] = [0, new Set<string>()];
  for (let n = 0; n < 3 * mostSpareNames; n += 1) {
    const name = `n${n}.w.example`;
    talk.ask({ subscribe: [name] });
    const heard = talk.heard();
    for (const one of heard) {
      if (one.startsWith('+')) held.add(one.slice(1));
      else held.delete(one.slice(1));
    }
    const dropped = heard.filter((one) => one.startsWith('-')).map((one) => one.slice(1));
    gone += dropped.length;
    if (held.size > mostSpareNames + 1) t.fail(`${held.size} names`);
  }
  t.true(gone >= 2 * mostSpareNames);
  t.true(talk.holds('a.example'));
  t.true(talk.holds(`n${3 * mostSpareNames - 1}.w.example`));
  t.false(talk.holds('n0.w.example'));
  talk.ask({ subscribe: ['n0.w.example'] });
  t.deepEqual(talk.heard(), ['+n0.w.example']);
});

test('names of Hosts are never forgotten, however many', (t) => {
  const names = Array.from({ length: 2 * mostSpareNames }, (_, n) => `h${n}.example`);
  const one = served('1');
  const talk = aTalk(snapshotOf(1, from(names.map((name) => [name, one])), world));
  talk.ask({ subscribe: names });
  talk.heard();
  t.true(names.every((name) => talk.holds(name)));
});

/** Many Hosts in one pattern, with one certificate. */
const crowd = Array.from({ length: 2 * mostSpareNames }, (_, n) => `n${n}.w.example`);

const crowded = hosts(Object.fromEntries(crowd.map((name) => [name, served('1')])));

test('names whose Hosts are gone are spare when a pattern serves them, and forgotten likewise', (t) => {
  const talk = aTalk(snapshotOf(1, crowded, world));
  talk.ask({ subscribe: crowd });
  talk.publish(snapshotOf(2, both, world));
  t.true(crowd.filter(talk.holds).length <= mostSpareNames);
  talk.publish(snapshotOf(3, crowded, world));
  talk.heard();
  talk.ask({ subscribe: crowd });
  t.true(crowd.every(talk.holds));
});

test('names that were asked for before there was anything are counted when there is', (t) => {
  const talk = aTalk();
  talk.ask({ subscribe: crowd });
  talk.publish(snapshotOf(1, both, world));
  t.true(crowd.filter(talk.holds).length <= mostSpareNames);
});
