import test from 'ava';

import type { Problem } from '../../../src/problem/problem.ts';
import { gatewayStatusOf } from '../../../src/status/gateway-status.ts';
import type { Acknowledgement, Outcome } from '../../../src/status/outcome.ts';
import type { Report, ReportedCondition } from '../../../src/translate/contribution/report.ts';

const holds = (type: string): ReportedCondition => ({
  ...{ type, status: 'True', reason: type, message: 'yes' },
});

const programmed: ReportedCondition = { ...holds('Programmed'), awaitsEnvoys: true };

const conflicted: ReportedCondition = {
  ...{ type: 'Conflicted', status: 'False', reason: 'NoConflicts', message: 'no' },
};

const gatewayReport: Report = {
  conditions: [holds('Accepted'), programmed],
  listeners: [
    {
      name: 'http',
      supportedKinds: [],
      attachedRoutes: 3,
      conditions: [holds('Accepted'), conflicted, programmed],
    },
  ],
  addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
  attachedListenerSets: 0,
};

const parentRef = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gw' };

const routeReport: Report = {
  parents: [
    { parentRef, conditions: [holds('Accepted'), holds('ResolvedRefs')] },
    {
      parentRef: { ...parentRef, name: 'other' },
      conditions: [{ ...holds('Accepted'), status: 'False', reason: 'NoMatchingParent' }],
    },
  ],
};

const gateway = (more: Partial<Outcome> = {}): Outcome => ({
  object: 'Gateway infra/gw',
  version: { uid: 'u', generation: 4 },
  problems: [],
  serving: 'This',
  report: gatewayReport,
  ...more,
});

const route = (more: Partial<Outcome> = {}): Outcome => ({
  ...gateway(),
  object: 'HTTPRoute shop/web',
  report: routeReport,
  ...more,
});

const acknowledged: Acknowledgement = { _tag: 'Acknowledged' };

/** Conditions in one line each; the generation must be that of the object. */
const shown = (conditions: readonly object[] = []) =>
  conditions.map((one) => {
    const { type, status, reason, observedGeneration } = one as Record<string, unknown>;
    return `${String(type)}=${String(status)} ${String(reason)} @${String(observedGeneration)}`;
  });

const ofGateway = (outcome: Outcome, acknowledgement: Acknowledgement = acknowledged) => {
  const { report } = gatewayStatusOf(outcome, acknowledgement);
  return [shown(report.conditions), shown(report.listeners?.[0]?.conditions)];
};

const ofRoute = (outcome: Outcome, acknowledgement: Acknowledgement = acknowledged) =>
  (gatewayStatusOf(outcome, acknowledgement).report.parents ?? []).map(({ conditions }) =>
    shown(conditions),
  );

const refused: Problem = {
  _tag: 'RefusedByEnvoy',
  object: 'Gateway infra/gw',
  field: '',
  resource: 'listener-80',
  message: 'bad',
};

const invalid: Problem = {
  _tag: 'InvalidField',
  object: 'HTTPRoute shop/web',
  field: 'spec.rules[0]',
  expected: 'a rule',
  got: '7',
};

test('what the language reports is said of the generation of the object', (t) => {
  t.deepEqual(ofGateway(gateway()), [
    ['Accepted=True Accepted @4', 'Programmed=True Programmed @4'],
    [
      'Accepted=True Accepted @4',
      'Conflicted=False NoConflicts @4',
      'Programmed=True Programmed @4',
    ],
  ]);
  t.like(gatewayStatusOf(gateway(), acknowledged).report, {
    addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
    attachedListenerSets: 0,
    listeners: [{ name: 'http', attachedRoutes: 3 }],
  });
});

test('of an object of another controller nothing is said', (t) => {
  const { report: _, ...other } = gateway();

  t.deepEqual(gatewayStatusOf(other, acknowledged), { report: {} });
});

test('features are named one by one, and parents are signed', (t) => {
  const ofClass = gateway({ report: { supportedFeatures: ['A', 'B'] } });
  t.deepEqual(gatewayStatusOf(ofClass, acknowledged).report, {
    supportedFeatures: [{ name: 'A' }, { name: 'B' }],
  });
  const policy = gateway({ report: { ancestors: [{ parentRef, conditions: [] }] } });
  t.deepEqual(gatewayStatusOf(policy, acknowledged).report, {
    ancestors: [
      { ancestorRef: parentRef, controllerName: 'headgate.io/gateway-controller', conditions: [] },
    ],
  });
});

test('what awaits Envoys is pending until they have answered, and nothing else is', (t) => {
  t.deepEqual(ofGateway(gateway(), { _tag: 'Awaited' }), [
    ['Accepted=True Accepted @4', 'Programmed=False Pending @4'],
    ['Accepted=True Accepted @4', 'Conflicted=False NoConflicts @4', 'Programmed=False Pending @4'],
  ]);
  t.deepEqual(ofRoute(route(), { _tag: 'Awaited' }), ofRoute(route()));
});

test('what Envoy refuses is not programmed, with its words', (t) => {
  const outcome = gateway({ problems: [refused] });

  t.deepEqual(ofGateway(outcome), [
    ['Accepted=True Accepted @4', 'Programmed=False Invalid @4'],
    ['Accepted=True Accepted @4', 'Conflicted=False NoConflicts @4', 'Programmed=False Invalid @4'],
  ]);
  const { conditions = [] } = gatewayStatusOf(outcome, acknowledged).report;
  t.regex(conditions[1]?.message ?? '', /bad.*what Envoy accepted last stays in effect/);
});

test('a port that Envoy cannot have is no configuration of a listener; a port of a Service is for the language', (t) => {
  const unbound: Problem = {
    _tag: 'PortUnavailable',
    object: 'Gateway infra/gw',
    field: '',
    address: '192.0.2.1:80',
    reason: 'Address already in use',
  };
  t.is(ofGateway(gateway({ problems: [unbound] }))[0]?.[1], 'Programmed=False Invalid @4');
  const named = { ...unbound, field: 'spec.listeners[0].port' };
  t.is(ofGateway(gateway({ problems: [named] }))[0]?.[1], 'Programmed=True Programmed @4');
});

test('a route that Envoy refuses is not accepted by the parents that would have it', (t) => {
  const outcome = route({ problems: [{ ...refused, object: 'HTTPRoute shop/web' }] });

  t.deepEqual(ofRoute(outcome), [
    ['Accepted=False RefusedByEnvoy @4', 'ResolvedRefs=True ResolvedRefs @4'],
    ['Accepted=False NoMatchingParent @4'],
  ]);
});

test('as long as it is not known who is at fault, a route is not said to be refused', (t) => {
  const acknowledgement: Acknowledgement = { _tag: 'Refused', message: 'bad' };

  t.deepEqual(ofRoute(route(), acknowledgement), ofRoute(route()));
  t.is(ofGateway(gateway(), acknowledgement)[0]?.[1], 'Programmed=False Invalid @4');
});

test('a version that its codec refuses is not accepted by any parent, and its last good version serves', (t) => {
  const outcome = route({ serving: 'Older', refusals: [invalid], problems: [invalid] });

  t.deepEqual(ofRoute(outcome), [
    ['Accepted=False UnsupportedValue @4', 'ResolvedRefs=True ResolvedRefs @4'],
    ['Accepted=False UnsupportedValue @4'],
  ]);
  const [parent] = gatewayStatusOf(outcome, acknowledged).report.parents ?? [];
  t.is(
    parent?.conditions[0]?.message,
    'spec.rules[0]: expected a rule, got 7; the last good version of the object stays in effect',
  );
  t.deepEqual(ofGateway(gateway({ serving: 'Older', refusals: [invalid] })), [
    ['Accepted=False Invalid @4', 'Programmed=False Invalid @4'],
    ['Accepted=True Accepted @4', 'Conflicted=False NoConflicts @4', 'Programmed=False Invalid @4'],
  ]);
});

test('what is only to be known is said where the object is accepted', (t) => {
  const note: Problem = {
    _tag: 'Note',
    object: 'HTTPRoute shop/web',
    field: 'spec.rules[0]',
    note: 'it is never reached',
  };
  const [parent] = gatewayStatusOf(route({ problems: [note] }), acknowledged).report.parents ?? [];

  t.deepEqual(
    parent?.conditions.map(({ message }) => message),
    ['yes; spec.rules[0]: it is never reached', 'yes'],
  );
});

test('a field that has no effect is said where the object is accepted, and only there', (t) => {
  const problem: Problem = {
    _tag: 'NotYetSupported',
    object: 'HTTPRoute shop/web',
    field: 'spec.useDefaultGateways',
  };
  const { parents = [] } = gatewayStatusOf(route({ problems: [problem] }), acknowledged).report;

  t.is(
    parents[0]?.conditions[0]?.message,
    'yes; spec.useDefaultGateways: not supported yet; it has no effect',
  );
  t.notRegex(parents[1]?.conditions[0]?.message ?? '', /useDefaultGateways/);
});
