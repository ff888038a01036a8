import test from 'ava';

import type { BackendFault } from '../../../../src/status/backends/backend-fault.ts';
import { withBackends } from '../../../../src/status/backends/backends-condition.ts';
import { conditionsIn, type Status } from '../../../../src/status/status.ts';

const accepted = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
  message: '',
  observedGeneration: 7,
} as const;

const ofMapping: Status = { conditions: [accepted] };

const parent = (name: string, status: 'True' | 'False') => ({
  controllerName: 'example.com/this',
  parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name },
  conditions: [{ ...accepted, status }],
});

const ofRoute: Status = { report: { parents: [parent('one', 'True'), parent('two', 'False')] } };

const down: BackendFault = { reason: 'ConnectionFailed', message: 'shop:80: down' };

const said = (status: Status, faults: readonly BackendFault[] | undefined): readonly string[] =>
  conditionsIn(withBackends(status, faults)).map((one) =>
    [`${one.type}=${one.status}`, one.reason, `@${one.observedGeneration}`].join(' '),
  );

test('of what has no back ends nothing is said', (t) => {
  t.is(withBackends(ofMapping, undefined), ofMapping);
  t.is(withBackends(ofRoute, undefined), ofRoute);
});

test('a fault is said beside all else, which stays', (t) => {
  t.deepEqual(said(ofMapping, []), [
    'Accepted=True Accepted @7',
    'BackendsAvailable=True BackendsAvailable @7',
  ]);
  t.deepEqual(said(ofMapping, [down]), [
    'Accepted=True Accepted @7',
    'BackendsAvailable=False ConnectionFailed @7',
  ]);
});

test('of a route it is said at each parent that accepts it', (t) => {
  t.deepEqual(said(ofRoute, [down]), [
    'Accepted=True Accepted @7',
    'BackendsAvailable=False ConnectionFailed @7',
    'Accepted=False Accepted @7',
  ]);
});

test('all faults are in the message; the first one is the reason', (t) => {
  const more: BackendFault = { reason: 'EndpointsNotFound', message: 'other:80: none' };
  const [, condition] = conditionsIn(withBackends(ofMapping, [down, more]));
  t.like(condition, { reason: 'ConnectionFailed', message: 'shop:80: down; other:80: none' });
});
