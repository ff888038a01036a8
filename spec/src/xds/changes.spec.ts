import test from 'ava';

import { snapshotChanges } from '../../../src/xds/changes.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { aCluster, anIr, someEndpoints } from '../../_support/world/an-ir.ts';

const at = (address: string) =>
  makeSnapshot(undefined, anIr({ clusters: [aCluster()], endpoints: [someEndpoints(address)] }))
    .resources;

test('the first snapshot adds everything, in the order in which Envoy is told', (t) => {
  t.deepEqual(snapshotChanges(undefined, at('10.0.0.1')), [
    { typeUrl: TypeUrl.Cluster, name: 'shop', change: 'added' },
    { typeUrl: TypeUrl.Endpoints, name: 'demo/shop:80', change: 'added' },
  ]);
});

test('only other contents are an update', (t) => {
  t.deepEqual(snapshotChanges(at('10.0.0.1'), at('10.0.0.2')), [
    { typeUrl: TypeUrl.Endpoints, name: 'demo/shop:80', change: 'updated' },
  ]);
  t.deepEqual(snapshotChanges(at('10.0.0.1'), at('10.0.0.1')), []);
});

test('what is gone is removed', (t) => {
  const { resources } = makeSnapshot(undefined, anIr({}));
  t.deepEqual(snapshotChanges(at('10.0.0.1'), resources), [
    { typeUrl: TypeUrl.Cluster, name: 'shop', change: 'removed' },
    { typeUrl: TypeUrl.Endpoints, name: 'demo/shop:80', change: 'removed' },
  ]);
});
