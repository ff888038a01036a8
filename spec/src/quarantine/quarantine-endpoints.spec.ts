import test from 'ava';

import type { Ir } from '../../../src/ir/ir.ts';
import { admitted, judged, newQuarantine, sentAs } from '../../../src/quarantine/quarantine.ts';
import { aCluster, anIr, someEndpoints } from '../../_support/world/an-ir.ts';
import { aService, aSlice, storeOf } from '../../_support/world/builders.ts';

const store = storeOf(aService('demo/shop'), aSlice('demo/shop-1', 'shop', ['10.0.0.1']));

const unused = anIr({});

const used = anIr({
  clusters: [aCluster()],
  endpoints: [{ ...someEndpoints('10.0.0.1'), from: ['EndpointSlice demo/shop-1'] }],
});

/** Envoy accepts the first IR, then refuses the load assignment of the second. */
const convicted = (first: Ir): readonly string[] => {
  const accepted = judged(sentAs(newQuarantine(), { seq: 1, store, ir: first }), {
    seq: 1,
    refused: [],
  });
  const refusing = sentAs(accepted, { seq: 2, store: admitted(accepted, store), ir: used });
  const refused = [{ typeUrl: 'ClusterLoadAssignment', name: 'demo/shop:80', message: 'no' }];
  return judged(refusing, { seq: 2, refused }).convicted.map(({ object }) => object);
};

test('an EndpointSlice that nothing used yet is a suspect when its addresses are refused', (t) => {
  t.deepEqual(convicted(unused), ['EndpointSlice demo/shop-1']);
});

test('one whose addresses were accepted is not', (t) => {
  t.deepEqual(convicted(used), []);
});
