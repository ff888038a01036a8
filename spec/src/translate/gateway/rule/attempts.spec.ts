import test from 'ava';

import type { Forward } from '../../../../../src/ir/route.ts';
import { aService } from '../../../../_support/world/builders.ts';
import {
  problemsOf,
  routesOf,
  rulesOf,
  showAction,
} from '../../../../_support/gateway/compiled-rules.ts';
import { anHttpRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const compiled = (rule: object) =>
  rulesOf([aService('default/web'), anHttpRoute('default/r', { rules: [{ ...toWeb, ...rule }] })]);

const tries = test.macro({
  exec(t, rule: object, expected: Pick<Forward, 'timeout' | 'backendTimeout' | 'retry'>) {
    const [first] = routesOf(compiled(rule));
    if (first?.action._tag !== 'Forward') return t.fail();
    const { timeout, backendTimeout, retry } = first.action;
    t.deepEqual(
      { timeout, backendTimeout, retry },
      { backendTimeout: undefined, retry: undefined, ...expected },
    );
    return t.pass();
  },
  title: (name = '') => `a request ${name}`,
});

const on = ['connect-failure', 'refused-stream'];

test('may take any time unless the rule says otherwise', tries, {}, { timeout: 0 });
test('may take its time', tries, { timeouts: { request: '1s500ms' } }, { timeout: 1500 });
test('may take any time if that is said', tries, { timeouts: { request: '0s' } }, { timeout: 0 });
test(
  'has a time for each attempt',
  tries,
  { timeouts: { request: '2s', backendRequest: '1s' } },
  { timeout: 2000, backendTimeout: 1000 },
);
test(
  'has no time for an attempt if that is said',
  tries,
  { timeouts: { request: '2s', backendRequest: '0s' } },
  { timeout: 2000 },
);
test(
  'is tried again once where the rule says no more',
  tries,
  { retry: {} },
  { timeout: 0, retry: { on, statusCodes: [], retries: 1 } },
);
test(
  'is tried again after some statuses, with pauses',
  tries,
  { retry: { codes: [500, 503], attempts: 3, backoff: '100ms' } },
  { timeout: 0, retry: { on, statusCodes: [500, 503], retries: 3, backOff: { base: 100 } } },
);
test(
  'is tried again after a pause of no time, which Envoy does not have',
  tries,
  { retry: { backoff: '0s' } },
  { timeout: 0, retry: { on, statusCodes: [], retries: 1, backOff: { base: 1 } } },
);
test('is not tried again', tries, { retry: { codes: [500], attempts: 0 } }, { timeout: 0 });
test(
  'is tried again if an attempt takes too long',
  tries,
  { retry: { attempts: 2 }, timeouts: { backendRequest: '1s' } },
  {
    timeout: 0,
    backendTimeout: 1000,
    retry: { on: [...on, 'reset'], statusCodes: [], retries: 2 },
  },
);

test('an attempt may not take longer than the request', (t) => {
  const rules = compiled({ timeouts: { request: '1s', backendRequest: '2s' } });
  t.like(rules.accepted, { status: 'False', reason: 'UnsupportedValue' });
  t.deepEqual(problemsOf(rules), [
    'HTTPRoute default/r: spec.rules[0].timeouts.backendRequest: expected at most the 1000 ms of the request, got 2000 ms',
  ]);
  t.deepEqual(routesOf(rules).map(showAction), ['500']);
});
