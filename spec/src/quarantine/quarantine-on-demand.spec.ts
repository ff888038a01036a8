import test from 'ava';

import type { SyncedStore } from '../../../src/kube/store/object-store.ts';
import { contentOf } from '../../../src/quarantine/content.ts';
import {
  admitted,
  judged,
  newQuarantine,
  sentAs,
  type Quarantine,
} from '../../../src/quarantine/quarantine.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import { anIr, aSecret as aCertificate } from '../../_support/world/an-ir.ts';
import { storeOf } from '../../_support/world/builders.ts';

const ref = 'Secret default/web' as const;

const [first, second] = [storeOf(aSecret('default/web')), storeOf(aSecret('default/web', 'two'))];

/** The Secret is served on demand for one name. */
const ir = anIr({
  certificates: [
    { _tag: 'Terminate', names: 'a.example', certificates: ['default/web'], from: [] },
  ],
  secrets: [aCertificate({ name: 'default/web', from: [ref] })],
});

const refused = [{ typeUrl: 'Secret', name: 'a.example', message: 'no' }];

/** Sends what may be sent of a store, which Envoy accepts or refuses. */
const answered = (
  quarantine: Quarantine,
  seq: number,
  store: SyncedStore,
  refusals: typeof refused = [],
): Quarantine =>
  judged(sentAs(quarantine, { seq, store: admitted(quarantine, store), ir }), {
    seq,
    refused: refusals,
  });

const contentIn = (quarantine: Quarantine, store: SyncedStore) =>
  contentOf(admitted(quarantine, store), ref);

test('a certificate on demand that is refused leaves the one before it in force', (t) => {
  const before = answered(newQuarantine(), 1, first);
  const after = answered(before, 2, second, refused);
  t.is(after.convicted.length, 1);
  t.deepEqual(contentIn(after, second), contentOf(first, ref));
});

test('one that nobody had asked for when all was accepted is withheld when it is refused', (t) => {
  const before = answered(newQuarantine(), 1, first);
  const after = answered(before, 2, first, refused);
  t.is(after.convicted.length, 1);
  t.is(contentIn(after, first), undefined);
});

test('of two that are refused one after the other neither is sent again and again', (t) => {
  let quarantine = answered(newQuarantine(), 1, first);
  let answers = 0;
  while (answers < 10 && contentIn(quarantine, second) !== undefined) {
    quarantine = answered(quarantine, 2 + answers, second, refused);
    answers += 1;
  }
  t.is(answers, 3);
  t.is(contentIn(quarantine, second), undefined);
});
