import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  routesOf,
  translated,
} from '../../../../_support/world/builders.ts';

const routes = (...specs: readonly Readonly<Record<string, unknown>>[]) =>
  routesOf(
    translated(
      aListener(),
      aHost('default/all'),
      ...specs.map((spec, i) => aMapping(`default/m${i}`, spec)),
    ),
  );

test('a member inherits what it does not set from the first that sets it, and keeps its own', (t) => {
  t.deepEqual(
    routes(
      { weight: 10 },
      { weight: 20, timeout_ms: 1 },
      { weight: 30, timeout_ms: 2, idle_timeout_ms: 3 },
      {},
    ).map(({ action }) => action._tag === 'Forward' && [action.timeout, action.idleTimeout]),
    [
      [1, 3],
      [1, 3],
      [2, 3],
      [1, 3],
    ],
  );
});

test('headers that a canary adds are not added by the others of its group', (t) => {
  const x = { 'x-canary': { value: 'yes', append: true } };
  const added = [{ name: 'x-canary', value: 'yes', append: true }];
  t.deepEqual(
    routes({ weight: 10, add_request_headers: x, add_response_headers: x }, {}).map(
      ({ requestHeaders, responseHeaders }) => [requestHeaders.add, responseHeaders.add],
    ),
    [
      [added, added],
      [[], []],
    ],
  );
});

test('a redirect to an IPv6 address has it in brackets', (t) => {
  t.deepEqual(
    ['[::1]', '[::1]:8080', '127.0.0.1:8080'].flatMap((service) =>
      routes({ host_redirect: true, service }).map(
        ({ action }) => action._tag === 'Redirect' && action.host,
      ),
    ),
    ['[::1]', '[::1]:8080', '127.0.0.1:8080'],
  );
});
