import test from 'ava';

import { keys } from '../../../../src/collection/collection.ts';
import type { Cluster } from '../../../../src/ir/cluster.ts';
import type { Ir } from '../../../../src/ir/ir.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import {
  aChain,
  aCluster,
  aListener,
  anIr,
  aSecret,
  aTrustBundle,
} from '../../../_support/world/an-ir.ts';

/** The names of the resources of a type that an IR stands for, sorted. */
const namesOf = (ir: Ir, typeUrl: TypeUrl): readonly string[] =>
  [...keys(makeSnapshot(undefined, ir).resources[typeUrl])].sort();

const aVerifiedCluster = (fields: Partial<Cluster> = {}): Cluster =>
  aCluster({
    tls: { clientCertificate: 'demo/cert', verify: { trust: 'trust://demo/ca', names: [] } },
    ...fields,
  });

test('what a cluster shows and trusts is sent, once for all that use it', (t) => {
  const ir = anIr({
    listeners: [aListener()],
    filterChains: [
      aChain({ tls: { _tag: 'Terminate', serverNames: [], certificates: ['demo/cert'] } }),
    ],
    clusters: [aVerifiedCluster(), aVerifiedCluster({ name: 'second' })],
    secrets: [aSecret(), aSecret({ name: 'demo/unused' })],
    trustBundles: [aTrustBundle(), aTrustBundle({ name: 'trust://demo/unused' })],
  });
  t.deepEqual(namesOf(ir, TypeUrl.Secret), ['demo/cert', 'trust://demo/ca']);
  t.deepEqual(namesOf(ir, TypeUrl.Cluster), ['second', 'shop']);
});

test('a cluster is left out rather than trust everybody, or show nothing', (t) => {
  const clusters = [aVerifiedCluster(), aCluster({ name: 'plain' })];
  for (const present of [{}, { secrets: [aSecret()] }, { trustBundles: [aTrustBundle()] }])
    t.deepEqual(namesOf(anIr({ clusters, ...present }), TypeUrl.Cluster), ['plain']);
});
