import test from 'ava';

import type { Problem } from '../../../src/problem/problem.ts';
import { statusOf } from '../../../src/status/object-status.ts';
import type { Acknowledgement, Outcome } from '../../../src/status/outcome.ts';

const object = 'Mapping shop/cart';

const problems = {
  invalid: { _tag: 'InvalidField', object, field: 'spec.prefix', expected: 'a path', got: '7' },
  later: { _tag: 'NotYetSupported', object, field: 'spec.labels' },
  unknown: { _tag: 'UnknownField', object, field: 'spec.prefx' },
  missing: { _tag: 'NotFound', object, field: 'spec.service', target: 'Service shop/web' },
  idle: { _tag: 'NotAttached', object, field: '', reason: 'no Host takes this Mapping' },
  refused: { _tag: 'RefusedByEnvoy', object, field: '', resource: 'cluster a', message: 'bad' },
  disputed: {
    ...{ _tag: 'RefusedByEnvoy', object, field: '', resource: 'cluster a', message: 'bad' },
    by: '1 of 2 connected Envoys (edge-1)',
  },
  unserved: {
    ...{ _tag: 'NotServed', object, field: '' },
    causes: [{ object: 'Listener shop/http', reason: 'is not open: port 80 is in use' }],
  },
  taken: {
    ...{ _tag: 'PortUnavailable', object: 'Listener shop/http', field: '' },
    ...{ address: '0.0.0.0:80', reason: 'Address already in use' },
  },
} as const satisfies Readonly<Record<string, Problem>>;

const anOutcome = (outcome: Partial<Outcome> = {}): Outcome => ({
  object,
  version: { uid: 'u', generation: 3 },
  problems: [],
  serving: 'This',
  ...outcome,
});

const acknowledged: Acknowledgement = { _tag: 'Acknowledged' };
const awaited: Acknowledgement = { _tag: 'Awaited' };

const says = test.macro({
  exec(
    t,
    outcome: Partial<Outcome>,
    acknowledgement: Acknowledgement,
    expected: readonly [accepted: string, resolved: string, programmed: string, state: string],
  ) {
    const { conditions, state, reason, errorReason } = statusOf(
      anOutcome(outcome),
      acknowledgement,
    );
    t.deepEqual(
      conditions.map(({ type }) => type),
      ['Accepted', 'ResolvedRefs', 'Programmed'],
    );
    t.true(conditions.every(({ observedGeneration }) => observedGeneration === 3));
    t.deepEqual(
      [
        ...conditions.map((one) => `${one.status} ${one.reason}: ${one.message}`),
        `${state}: ${reason ?? errorReason}`,
      ],
      [...expected],
    );
  },
  title: (name = '') => name,
});

const fine = 'True Accepted: The object is valid';
const found = 'True ResolvedRefs: No broken reference was found';
const inForce = 'True Programmed: Every connected Envoy has acknowledged it';
const waiting = 'Waiting until every connected Envoy has acknowledged it';

test('all is well', says, {}, acknowledged, [fine, found, inForce, 'Running: ']);

test('the Envoys have not answered yet', says, {}, awaited, [
  fine,
  found,
  `False Pending: ${waiting}`,
  `Inactive: ${waiting}`,
]);

test(
  'an Envoy refused it, and the object at fault is not known yet',
  says,
  {},
  { _tag: 'Refused', message: 'Envoy refused cluster a: bad' },
  [
    fine,
    found,
    'False RefusedByEnvoy: Envoy refused cluster a: bad',
    'Inactive: Envoy refused cluster a: bad',
  ],
);

test(
  'a field that does not exist is mentioned',
  says,
  { problems: [problems.unknown] },
  acknowledged,
  [`${fine}; spec.prefx: no such field; it has no effect`, found, inForce, 'Running: '],
);

test(
  'a part that is not supported keeps no other part from serving',
  says,
  { problems: [problems.later] },
  acknowledged,
  [
    'False NotYetSupported: spec.labels: not supported yet; it has no effect; the rest of the object is in effect',
    found,
    inForce,
    'Running: spec.labels: not supported yet; it has no effect',
  ],
);

test(
  'the worst problem gives the reason, and the message names all',
  says,
  { problems: [problems.later, problems.invalid], serving: 'Nothing' },
  acknowledged,
  [
    'False Invalid: spec.prefix: expected a path, got 7; spec.labels: not supported yet; it has no effect; nothing of the object is in effect',
    found,
    'False NotAccepted: Nothing of the object is in effect',
    'Inactive: spec.prefix: expected a path, got 7; spec.labels: not supported yet; it has no effect',
  ],
);

test(
  'a bad version of a good object',
  says,
  { problems: [problems.invalid], serving: 'Older' },
  acknowledged,
  [
    'False Invalid: spec.prefix: expected a path, got 7; the last good version of the object stays in effect',
    found,
    'False NotAccepted: The last good version of the object stays in effect',
    'Inactive: spec.prefix: expected a path, got 7',
  ],
);

test('a reference to nothing', says, { problems: [problems.missing] }, acknowledged, [
  fine,
  'False NotFound: spec.service: Service shop/web does not exist',
  inForce,
  'Running: spec.service: Service shop/web does not exist',
]);

test('nothing takes it', says, { problems: [problems.idle], serving: 'Nothing' }, awaited, [
  'False NotAttached: no Host takes this Mapping; nothing of the object is in effect',
  found,
  'False NotAccepted: Nothing of the object is in effect',
  'Inactive: no Host takes this Mapping',
]);

test('Envoy refused what it became', says, { problems: [problems.refused] }, acknowledged, [
  fine,
  found,
  'False RefusedByEnvoy: Envoy refused cluster a: bad; what Envoy accepted last stays in effect',
  'Inactive: Envoy refused cluster a: bad',
]);

test('some Envoys refuse what it became', says, { problems: [problems.disputed] }, acknowledged, [
  fine,
  found,
  'False RefusedByEnvoy: 1 of 2 connected Envoys (edge-1) refused cluster a: bad; what Envoy accepted last stays in effect',
  'Inactive: 1 of 2 connected Envoys (edge-1) refused cluster a: bad',
]);

test('a Listener whose port is taken', (t) => {
  const outcome = anOutcome({ object: 'Listener shop/http', problems: [problems.taken] });
  const { conditions } = statusOf(outcome, acknowledged);
  t.deepEqual(conditions[2], {
    ...{ type: 'Programmed', status: 'False', reason: 'PortUnavailable', observedGeneration: 3 },
    message: 'Envoy cannot listen on 0.0.0.0:80: Address already in use; it is tried again',
  });
});

test(
  'the Listener of its Hosts is not open',
  says,
  { problems: [problems.unserved] },
  acknowledged,
  [
    fine,
    found,
    'False NotServed: not served, because Listener shop/http is not open: port 80 is in use',
    'Inactive: not served, because Listener shop/http is not open: port 80 is in use',
  ],
);

const host = 'Host shop/all';

test('a Host in force', says, { object: host }, acknowledged, [fine, found, inForce, 'Ready: ']);

test('a Host that waits', says, { object: host }, awaited, [
  fine,
  found,
  `False Pending: ${waiting}`,
  'Pending: ',
]);

test(
  'a Host with a bad Secret',
  says,
  {
    object: host,
    problems: [
      {
        _tag: 'InvalidCertificate',
        object: 'Secret shop/cert',
        field: 'tls.crt',
        reason: 'no PEM',
      },
    ],
  },
  acknowledged,
  [
    fine,
    'False InvalidCertificate: Secret shop/cert: tls.crt: no PEM',
    inForce,
    'Error: Secret shop/cert: tls.crt: no PEM',
  ],
);

test('a Host says whether it has a certificate; other kinds have no state', (t) => {
  const certified = statusOf(anOutcome({ object: host, certified: true }), acknowledged);

  t.is(certified.tlsCertificateSource, 'Other');
  t.is(statusOf(anOutcome({ object: host }), acknowledged).tlsCertificateSource, 'None');
  t.deepEqual(Object.keys(statusOf(anOutcome({ object: 'Listener a/b' }), acknowledged)), [
    'conditions',
  ]);
});

test('a message is never longer than a condition may be, and says what it leaves out', (t) => {
  const many = Array.from({ length: 5_000 }, (_, i): Problem => ({
    _tag: 'UnknownField',
    object,
    field: `spec.field${i}`,
  }));

  const [accepted] = statusOf(anOutcome({ problems: many }), acknowledged).conditions;

  t.true((accepted?.message.length ?? 0) <= 32_768);
  t.true((accepted?.message.length ?? 0) > 32_000);
  t.regex(accepted?.message ?? '', / \(and \d+ more\)$/);
});
