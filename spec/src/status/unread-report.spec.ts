import test from 'ava';

import { get } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import { recordOf } from '../../../src/kube/codec/record-of.ts';
import { conditionsIn, isUnread, statusFor } from '../../../src/status/status.ts';
import { aService, type Manifest } from '../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aListenerSet,
  anHttpRoute,
  aTlsPolicy,
} from '../../_support/world/gateway-api/builders.ts';
import { outcomes, world } from '../../_support/world/status-world.ts';

const ours = [aGatewayClass(), aGateway('default/gw'), aService('default/web')];

const bad = { hostnames: ['no host'] };

/** As an API server has it: without an identity nobody is told of an object. */
const stored = (object: Manifest): Manifest => ({
  ...object,
  metadata: { ...recordOf(object['metadata']), uid: 'u' },
});

/** What is told of `HTTPRoute default/web` in the end, of each parent. */
const told = (...states: readonly Manifest[][]) => toldOf('HTTPRoute default/web', ...states);

const toldOf = (ref: ObjectRef, ...states: readonly Manifest[][]) => {
  const [first = [], ...others] = states.map((objects) => objects.map(stored));
  const last = world(first, ...others).at(-1);
  const outcome = last && get(atOnce(outcomes)(undefined, last).outcomes.output, ref);
  return outcome === undefined || isUnread(outcome)
    ? undefined
    : statusFor(outcome, { _tag: 'Acknowledged' });
};

test('a route of which no version was ever good is not accepted by those of its parents that are ours', (t) => {
  const parentRefs = [{ name: 'gw' }, { name: 'of-another' }, { kind: 'Service', name: 'web' }];
  const status = told([...ours, anHttpRoute('default/web', { ...bad, parentRefs })]);

  t.like(status, {
    report: {
      parents: {
        length: 1,
        0: {
          parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gw' },
          conditions: [{ type: 'Accepted', status: 'False', reason: 'UnsupportedValue' }],
        },
      },
    },
  });
  const [condition] = status === undefined ? [] : conditionsIn(status);
  t.regex(
    condition?.message ?? '',
    /^spec\.hostnames\[0\]: .*; nothing of the object is in effect$/,
  );
});

test('of a route of which the parents cannot be read either, the status is left as it is', (t) => {
  t.is(told([...ours, anHttpRoute('default/web', { ...bad, parentRefs: 7 })]), undefined);
});

test('a good route made bad is not accepted, and serves as it was', (t) => {
  const status = told(
    [...ours, anHttpRoute('default/web')],
    [...ours, anHttpRoute('default/web', bad)],
  );

  const conditions = status === undefined ? [] : conditionsIn(status);
  t.is(conditions[0]?.observedGeneration, 2);
  t.is(conditions[0]?.status, 'False');
  t.regex(
    conditions[0]?.message ?? '',
    /^spec\.hostnames\[0\]: .*; the last good version of the object stays in effect$/,
  );
});

const shownOf = (ref: ObjectRef, ...objects: readonly Manifest[]): readonly string[] => {
  const status = toldOf(ref, [...ours, ...objects]);
  return status === undefined
    ? []
    : conditionsIn(status).map(
        ({ type, status: is, reason, message }) => `${type} ${is} ${reason}: ${message}`,
      );
};

test('a Gateway or ListenerSet of which no version was ever good is told that it is invalid', (t) => {
  const invalid = (what: string) => [
    `Accepted False Invalid: spec.listeners: ${what}; nothing of the object is in effect`,
    'Programmed False Invalid: The object cannot be read',
  ];
  const expected = 'expected a list of at most 1000 entries, got 7';
  const gateway = (gatewayClassName: unknown) =>
    aGateway('default/bad', { gatewayClassName, listeners: 7 });
  t.deepEqual(shownOf('Gateway default/bad', gateway('headgate')), invalid(expected));
  t.deepEqual(shownOf('Gateway default/bad', gateway('of-another')), []);
  t.deepEqual(shownOf('Gateway default/bad', gateway(7)), []);

  const set = (name: string) => aListenerSet('default/set', { parentRef: { name }, listeners: 7 });
  t.deepEqual(shownOf('ListenerSet default/set', set('gw')), invalid(expected));
  t.deepEqual(shownOf('ListenerSet default/set', set('of-another')), []);
});

test('a policy of which no version was ever good is told so with regard to the Gateways it closes Services of', (t) => {
  const policy = aTlsPolicy('default/p', {
    targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
    validation: 7,
  });
  const [accepted, ...others] = shownOf(
    'BackendTLSPolicy default/p',
    policy,
    anHttpRoute('default/web'),
  );
  t.regex(accepted ?? '', /^Accepted False Invalid: spec\.validation: .*; nothing of the object/);
  t.deepEqual(others, []);
});
