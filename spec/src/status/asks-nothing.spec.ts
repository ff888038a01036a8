import test from 'ava';

import { asksNothing } from '../../../src/status/asks-nothing.ts';
import type { Outcome } from '../../../src/status/outcome.ts';

const awaited = (isTrue = true) => ({
  ...{ type: 'Programmed', reason: 'Programmed', message: '', awaitsEnvoys: true as const },
  status: isTrue ? ('True' as const) : ('False' as const),
});

const before: Outcome = {
  object: 'Gateway infra/gw',
  version: { uid: 'u', generation: 4 },
  problems: [],
  serving: 'This',
  report: {
    conditions: [awaited()],
    addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
    listeners: [
      { name: 'http', supportedKinds: [], attachedRoutes: 3, conditions: [awaited(false)] },
    ],
  },
};

const [listener = { name: '', supportedKinds: [], attachedRoutes: 0, conditions: [] }] =
  before.report?.listeners ?? [];

const withReport = (more: object): Outcome => ({
  ...before,
  report: { ...before.report, ...more },
});

const changed = test.macro({
  exec(t, after: Outcome | undefined, expected: boolean) {
    t.is(
      asksNothing({ key: before.object, before, ...(after !== undefined && { after }) }),
      expected,
    );
  },
  title: (name = '') => name,
});

test(
  'routes that come and go ask nothing',
  changed,
  withReport({ listeners: [{ ...listener, attachedRoutes: 9 }] }),
  true,
);
test(
  'nor do other words',
  changed,
  withReport({ conditions: [{ ...awaited(), message: 'm' }] }),
  true,
);
test(
  'another generation asks anew',
  changed,
  { ...before, version: { uid: 'u', generation: 5 } },
  false,
);
test('so does an address', changed, withReport({ addresses: [] }), false);
test(
  'so does a listener that is to be served now',
  changed,
  withReport({ listeners: [{ ...listener, conditions: [awaited()] }] }),
  false,
);
test('so does what is served of an older version', changed, { ...before, serving: 'Older' }, false);
test('an object that is gone is another matter', changed, undefined, false);

test('without reports, as those of Emissary, every change asks anew', (t) => {
  const { report: _, ...plain } = before;

  t.false(asksNothing({ key: before.object, before: plain, after: { ...plain } }));
});
