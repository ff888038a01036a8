import test from 'ava';

import { objectKey, objectRef } from '../../../src/ir/object-ref.ts';
import { comesFrom, provenance } from '../../../src/xds/provenance.ts';
import { shardName, shardOfHost, type ShardLayout } from '../../../src/xds/shard/shard.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import {
  aChain,
  aCluster,
  aListener,
  anIr,
  aRoute,
  aSecret,
  aTrustBundle,
  aVirtualHost,
  tlsFor,
} from '../../_support/world/an-ir.ts';

const object = (name: string) => objectRef('Mapping', objectKey('default', name));

const layout: ShardLayout = { shards: 64, labels: 2 };

const pieceOf = (host: string): string => shardName('web', layout, shardOfHost(layout, host));

const routed = (domain: string, by: string) => ({
  ...aVirtualHost(domain, aRoute({ from: [object(by)] })),
  from: [object(`host-${by}`)],
});

const ir = anIr({
  virtualHosts: [
    routed('shop.example.com', 'shop'),
    routed('*.example.com', 'wide'),
    routed('*', 'all'),
    routed('blog.other.org', 'blog'),
    { ...routed('shop.example.com', 'elsewhere'), table: 'web2' },
  ],
});

const blamed = (name: string, typeUrl: string = TypeUrl.ScopedRoutes): readonly string[] =>
  [...provenance(ir, { typeUrl, name })].sort();

const names = (...by: readonly string[]): readonly string[] =>
  by.flatMap((one) => [`Mapping default/${one}`, `Mapping default/host-${one}`]).sort();

test('a piece of a table is made from the hosts in it and the patterns copied into it', (t) => {
  t.not(pieceOf('shop.example.com'), pieceOf('blog.other.org'));
  t.deepEqual(blamed(pieceOf('shop.example.com')), names('shop', 'wide', 'all'));
  t.deepEqual(blamed(pieceOf('blog.other.org')), names('blog', 'all'));
});

test('a piece that holds no host is made from what is copied into all pieces', (t) => {
  const taken = [pieceOf('shop.example.com'), pieceOf('blog.other.org')];
  const free = Array.from({ length: 64 }, (_, i) => shardName('web', layout, i)).find(
    (name) => !taken.includes(name),
  );
  t.deepEqual(blamed(free ?? ''), names('all'));
});

test('a whole table is made from all its hosts, over RDS and over SRDS', (t) => {
  t.deepEqual(blamed('web'), names('shop', 'wide', 'all', 'blog'));
  t.deepEqual(blamed('web', TypeUrl.Routes), names('shop', 'wide', 'all', 'blog'));
});

test('a cluster is made from what it shows and trusts too', (t) => {
  const verified = anIr({
    clusters: [
      aCluster({
        tls: { clientCertificate: 'demo/cert', verify: { trust: 'trust://demo/ca', names: [] } },
      }),
    ],
    secrets: [aSecret({ from: ['Secret demo/cert'] })],
    trustBundles: [aTrustBundle({ from: ['ConfigMap demo/ca'] })],
  });
  const madeFrom = (typeUrl: string, name: string) => provenance(verified, { typeUrl, name });
  t.deepEqual(madeFrom(TypeUrl.Cluster, 'shop'), ['Secret demo/cert', 'ConfigMap demo/ca']);
  t.deepEqual(madeFrom(TypeUrl.Secret, 'trust://demo/ca'), ['ConfigMap demo/ca']);
  t.deepEqual(madeFrom(TypeUrl.Secret, 'demo/cert'), ['Secret demo/cert']);
});

test('a listener is made from its chains, and what they show and trust', (t) => {
  const clients = { trust: 'trust://demo/ca', names: [], admits: 'Verified' } as const;
  const found = provenance(
    anIr({
      listeners: [aListener({ from: ['Listener a/l'] }), aListener({ name: 'other' })],
      filterChains: [
        aChain({ tls: tlsFor(['a'], { settings: { clients } }), from: ['Host a/h'] }),
        aChain({ listener: 'other', from: ['Host a/other'] }),
      ],
      secrets: [aSecret({ from: ['Secret demo/cert'] })],
      trustBundles: [aTrustBundle({ from: ['Secret demo/ca'] })],
    }),
    { typeUrl: TypeUrl.Listener, name: 'web' },
  );
  t.deepEqual(found, ['Listener a/l', 'Host a/h', 'Secret demo/cert', 'Secret demo/ca']);
});

test('a table that is not there is made from nothing', (t) => {
  t.deepEqual(blamed('we'), []);
  t.deepEqual(blamed('we#2.64.3'), []);
});

test('a filter is made from the objects that ask for it, that of a table from its listeners', (t) => {
  const filtered = anIr({
    listeners: [aListener({ from: [object('listener')] })],
    filterChains: [aChain({ from: [object('chain')] })],
    filters: [
      ['Mapping a/b limit', { _tag: 'Buffer', maxRequestBytes: 1, from: [object('limit')] }],
    ],
  });
  const of = (name: string) => provenance(filtered, { typeUrl: TypeUrl.Extension, name });
  t.deepEqual(of('Mapping a/b limit'), ['Mapping default/limit']);
  t.deepEqual(of('shards web'), ['Mapping default/listener', 'Mapping default/chain']);
  t.deepEqual(of('Mapping a/b none'), []);
});

test('limits of connections are from who asks for them', (t) => {
  const limited = anIr({
    connectionLimits: [['edge', { requestsPerTurn: 1, from: [object('edge')] }]],
  });
  const layer = { typeUrl: TypeUrl.Runtime, name: 'connection-limits' };
  t.deepEqual(provenance(limited, layer), ['Mapping default/edge']);
  t.deepEqual(provenance(anIr({}), layer), []);
});

test('what comes from an object is what it is behind', (t) => {
  const isFrom = comesFrom(ir, [object('shop')]);
  t.true(isFrom({ typeUrl: TypeUrl.ScopedRoutes, name: pieceOf('shop.example.com') }));
  t.false(isFrom({ typeUrl: TypeUrl.ScopedRoutes, name: pieceOf('blog.other.org') }));
  t.true(isFrom({ typeUrl: TypeUrl.Routes, name: 'web' }));
  t.false(isFrom({ typeUrl: TypeUrl.Routes, name: 'web2' }));
  const listeners = anIr({ listeners: [{ ...aListener({ name: 'one' }), from: [object('one')] }] });
  t.true(comesFrom(listeners, [object('one')])({ typeUrl: TypeUrl.Listener, name: 'one' }));
  t.false(comesFrom(listeners, [object('two')])({ typeUrl: TypeUrl.Listener, name: 'one' }));
});
