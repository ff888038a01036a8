import test from 'ava';

import type { Ir } from '../../../src/ir/ir.ts';
import { admitted, judged, newQuarantine, sentAs } from '../../../src/quarantine/quarantine.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import { aCluster, anIr, aTrustBundle } from '../../_support/world/an-ir.ts';
import { storeOf } from '../../_support/world/builders.ts';

const store = storeOf(aSecret('demo/ca'));

const trusting = (fields: Parameters<typeof anIr>[0] = {}): Ir =>
  anIr({
    clusters: [aCluster({ tls: { verify: { trust: 'trust://demo/ca', names: [] } } })],
    trustBundles: [aTrustBundle({ from: ['Secret demo/ca'] })],
    ...fields,
  });

/** Envoy accepts the first IR, then refuses the trust bundle of the second. */
const convicted = (first: Ir, second: Ir): readonly string[] => {
  const accepted = judged(sentAs(newQuarantine(), { seq: 1, store, ir: first }), {
    seq: 1,
    refused: [],
  });
  const refusing = sentAs(accepted, { seq: 2, store: admitted(accepted, store), ir: second });
  const refused = [{ typeUrl: 'Secret', name: 'trust://demo/ca', message: 'no' }];
  return judged(refusing, { seq: 2, refused }).convicted.map(({ object }) => object);
};

test('a Secret whose authorities no cluster trusted yet is a suspect when they are refused', (t) => {
  t.deepEqual(convicted(trusting({ clusters: [] }), trusting()), ['Secret demo/ca']);
});

test('one whose authorities were accepted is not', (t) => {
  t.deepEqual(convicted(trusting(), trusting()), []);
});

test('nor is one that was accepted as what a cluster shows', (t) => {
  const shown = trusting({ clusters: [aCluster({ tls: { clientCertificate: 'demo/ca' } })] });
  t.deepEqual(convicted(shown, trusting()), []);
});
