import test from 'ava';

import { get, keys } from '../../../src/collection/collection.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import {
  aChain,
  aListener,
  anIr,
  aSecret,
  aTrustBundle,
  tlsFor,
} from '../../_support/world/an-ir.ts';

const { Listener, Secret } = TypeUrl;

/** A filter chain of the listener `web`, as Envoy reads it. */
const chainNamed = (name: string, resources: Snapshot['resources']): object | undefined => {
  const listener = get(resources[Listener], 'web');
  if (listener === undefined) throw new Error('expected a listener');
  const { filter_chains: chains } = toJson(listener) as {
    readonly filter_chains: readonly { readonly name: string }[];
  };
  return chains.find((one) => one.name === name);
};

test('a filter chain without its certificate closes its connections, and holds back no other', (t) => {
  const filterChains = [
    aChain({ name: 'a', tls: tlsFor(['a.example']) }),
    aChain({ name: 'b', tls: tlsFor(['b.example'], { certificates: ['demo/missing'] }) }),
  ];
  const { resources } = makeSnapshot(
    undefined,
    anIr({ listeners: [aListener()], filterChains, secrets: [aSecret()] }),
  );
  t.like(chainNamed('a', resources), { transport_socket: { name: 'envoy.transport_sockets.tls' } });
  t.deepEqual(chainNamed('b', resources), {
    name: 'b',
    filter_chain_match: { transport_protocol: 'tls', server_names: ['b.example'] },
  });
  t.deepEqual([...keys(resources[Secret])], ['demo/cert']);
});

test('a filter chain without its trust bundle closes its connections, until there is one', (t) => {
  const clients = { trust: 'trust://demo/ca', names: [], admits: 'Verified' } as const;
  const incomplete = {
    listeners: [aListener()],
    filterChains: [aChain({ name: 'a', tls: tlsFor(['a'], { settings: { clients } }) })],
    secrets: [aSecret()],
  };
  const before = makeSnapshot(undefined, anIr(incomplete));
  t.deepEqual(chainNamed('a', before.resources), {
    name: 'a',
    filter_chain_match: { transport_protocol: 'tls', server_names: ['a'] },
  });
  const { resources } = makeSnapshot(
    before,
    anIr({ ...incomplete, trustBundles: [aTrustBundle()] }),
  );
  t.like(chainNamed('a', resources), { transport_socket: { name: 'envoy.transport_sockets.tls' } });
  t.deepEqual(
    get(resources[Listener], 'web')?.warmedBy.map(({ name }) => name),
    ['demo/cert', 'trust://demo/ca'],
  );
});
