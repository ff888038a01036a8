import test from 'ava';

import { get, keys, values } from '../../../src/collection/collection.ts';
import type { SyncedStore } from '../../../src/kube/store/object-store.ts';
import {
  admitted,
  judged,
  newQuarantine,
  sentAs,
  type Quarantine,
} from '../../../src/quarantine/quarantine.ts';
import { translate } from '../../../src/translate/translate.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  problemLines,
  storeOf,
} from '../../_support/world/builders.ts';

const world = [aListener('default/http'), aHost('default/all'), aMapping('default/a')];
const auth = (spec: object = {}) =>
  aGuard('AuthService', 'default/auth', { auth_service: 'auth', ...spec });

const translated = (store: SyncedStore) =>
  translate({ ambassadorId: 'default', namespace: 'default' })(undefined, store);

const filterIn = (store: SyncedStore) => get(translated(store).ir.filters, 'emissary.AuthService');

/** The quarantine after Envoy refused the filter that this store leads to. */
const refusing = (
  quarantine: Quarantine,
  store: SyncedStore,
  seq: number,
  name = 'emissary.AuthService',
): Quarantine => {
  const sent = sentAs(quarantine, { seq, store, ir: translated(store).ir });
  const typeUrl = 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig';
  return judged(sent, {
    seq,
    refused: [{ typeUrl, name, message: 'no' }],
  });
};

test('an AuthService that Envoy refuses, and of which it never accepted a version, lets nothing pass', (t) => {
  const store = storeOf(...world, auth());
  t.is(filterIn(store)?._tag, 'ExtAuth');
  const quarantine = refusing(newQuarantine(), store, 1);
  t.deepEqual(
    quarantine.convicted.map(({ object }) => object),
    ['AuthService default/auth'],
  );
  const kept = admitted(quarantine, store);
  t.deepEqual([...keys(kept.withheld)], ['AuthService default/auth']);
  t.deepEqual(filterIn(kept), { _tag: 'Unavailable', kind: 'ExtAuth', from: [] });
  t.true(problemLines(translated(kept)).some((line) => line.includes('Envoy refused')));
});

test('so it is with one of two that wait for their trial', (t) => {
  const second = aGuard('AuthService', 'default/zz', { auth_service: 'auth', path_prefix: '/a' });
  const store = storeOf(...world, auth(), second);
  const quarantine = refusing(newQuarantine(), store, 1);
  t.deepEqual(quarantine.waiting, [['AuthService default/zz']]);
  t.is(filterIn(admitted(quarantine, store))?._tag, 'Unavailable');
});

test('one whose former version was accepted keeps asking as it did', (t) => {
  const before = storeOf(...world, auth());
  const after = storeOf(...world, auth({ path_prefix: '/new' }));
  const trusted = judged(
    sentAs(newQuarantine(), { seq: 1, store: before, ir: translated(before).ir }),
    { seq: 1, refused: [] },
  );
  const kept = admitted(refusing(trusted, after, 2), after);
  t.is(kept.withheld.size, 0);
  t.deepEqual(filterIn(kept), filterIn(before));
});

test('of a RateLimitService it is known whether it denies, and in which domain', (t) => {
  const limits = (key: string, domain: string, denies: boolean) =>
    aGuard('RateLimitService', key, { service: 'limits', domain, failure_mode_deny: denies });
  const labelled = (name: string, domain: string) =>
    aMapping(`default/${name}`, {
      prefix: `/${name}/`,
      labels: { [domain]: [{ all: [{ generic_key: { value: name } }] }] },
    });
  const store = storeOf(
    ...world,
    ...['denies', 'passes', 'other'].map((domain) => labelled(domain, domain)),
    limits('default/denies', 'denies', true),
    limits('default/passes', 'passes', false),
  );
  const one = (quarantine: Quarantine, name: string, seq: number) =>
    refusing(quarantine, admitted(quarantine, store), seq, `emissary.RateLimitService ${name}`);
  const kept = admitted(one(one(newQuarantine(), 'denies', 1), 'passes', 2), store);
  t.deepEqual([...keys(kept.withheld)].sort(), [
    'RateLimitService default/denies',
    'RateLimitService default/passes',
  ]);
  const closed = [...values(translated(kept).ir.virtualHosts)].flatMap(({ routes }) =>
    routes.flatMap(({ action, from }) => (action._tag === 'Respond' ? from : [])),
  );
  t.deepEqual(closed, ['Mapping default/denies']);
});
