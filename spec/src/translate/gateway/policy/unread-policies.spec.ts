import test from 'ava';
import { isSome } from 'fp-ts/lib/Option.js';

import { atOnce } from '../../../../../src/collection/work.ts';
import type { KubeEvent } from '../../../../../src/kube/kube-event.ts';
import { applyAll, synced } from '../../../../../src/kube/store/object-store.ts';
import { unreadPolicies } from '../../../../../src/translate/gateway/policy/unread-policies.ts';
import {
  answersOf,
  authorities,
  conditionsOf,
  policyWorld,
  serversOf,
} from '../../../../_support/gateway/policy-world.ts';
import { applied, createdIn, storeOf } from '../../../../_support/world/builders.ts';
import { aTlsPolicy } from '../../../../_support/world/gateway-api/builders.ts';

const target = { group: '', kind: 'Service', name: 'web' };

/** A policy that cannot be read but for its targets. */
const unread = (...targetRefs: readonly unknown[]) =>
  aTlsPolicy('default/p', { targetRefs, validation: { hostname: 7 } });

test('a policy that could never be read sends nothing to its Service', (t) => {
  const translation = policyWorld(unread(target));
  t.deepEqual(answersOf(translation), [500, 500]);
  t.deepEqual(conditionsOf(translation, 'default/p'), ['Accepted False Invalid']);
});

test('of its targets those count that can be read, and a port that cannot be read is every port', (t) => {
  const second = { ...target, sectionName: 'two' };
  t.deepEqual(answersOf(policyWorld(unread(second, 7))), [undefined, 500]);
  t.deepEqual(answersOf(policyWorld(unread({ ...target, sectionName: 7 }))), [500, 500]);
  t.deepEqual(answersOf(policyWorld(unread({ kind: 'Service' }))), [undefined, undefined]);
});

test('it does not take a Service from a policy that can be followed', (t) => {
  const good = createdIn(2026, aTlsPolicy('default/good'));
  const translation = policyWorld(authorities, good, unread(target));
  t.deepEqual(serversOf(translation), ['web_default_80 web.example', 'web_default_81 web.example']);
  t.deepEqual(conditionsOf(translation, 'default/p'), ['Accepted False Conflicted']);
});

test('where a version was good, that one stays in force, until it is deleted', (t) => {
  const good = storeOf(authorities, aTlsPolicy('default/p'));
  const refused = applied(unread(target));
  const closing = (...events: readonly KubeEvent[]): number => {
    const store = synced(applyAll(good, events));
    return isSome(store) ? atOnce(unreadPolicies)(undefined, store.value).policies.output.size : -1;
  };
  const deleted = { _tag: 'Deleted', kind: 'BackendTLSPolicy', key: 'default/p' } as const;
  t.is(closing(refused), 0);
  t.is(closing(refused, deleted), 0);
  t.is(closing(deleted, refused), 1);
});
