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

const actions = (...specs: readonly Readonly<Record<string, unknown>>[]) =>
  routes(...specs).map(({ action }) => {
    if (action._tag !== 'Forward') throw new Error(`expected a route to a service: ${action._tag}`);
    return action;
  });

test('a member inherits a retry policy that it does not set from the first that does, and keeps its own', (t) => {
  const retry = (num_retries: number) => ({ retry_policy: { retry_on: '5xx', num_retries } });

  t.deepEqual(
    actions({ weight: 10 }, { weight: 20, ...retry(1) }, { weight: 30, ...retry(2) }, {}).map(
      (action) => action.retry?.retries,
    ),
    [1, 1, 2, 1],
  );
});

test('of rewrites and time-outs each member has its own, so a canary does not change them for the others', (t) => {
  const canary = {
    weight: 10,
    rewrite: '/c/',
    host_rewrite: 'c.test',
    timeout_ms: 1,
    idle_timeout_ms: 2,
  };

  t.deepEqual(
    actions(canary, {}).map(({ timeout, idleTimeout, pathRewrite, hostRewrite }) => [
      timeout,
      idleTimeout,
      pathRewrite,
      hostRewrite,
    ]),
    [
      [1, 2, { _tag: 'Prefix', value: '/c/' }, { _tag: 'Literal', value: 'c.test' }],
      [3000, undefined, { _tag: 'Prefix', value: '/' }, undefined],
    ],
  );
  t.deepEqual(
    actions({ weight: 10, auto_host_rewrite: true, rewrite: '' }, {}).map(
      ({ pathRewrite, hostRewrite }) => [pathRewrite, hostRewrite],
    ),
    [
      [undefined, { _tag: 'Upstream' }],
      [{ _tag: 'Prefix', value: '/' }, undefined],
    ],
  );
});

test('a regex_rewrite is shared by the whole group, also by members with a rewrite', (t) => {
  const regex = { _tag: 'Regex', pattern: 'a', substitution: 'b' };
  const member = { regex_rewrite: { pattern: 'a', substitution: 'b' } };

  t.deepEqual(
    actions({ weight: 10, ...member }, { weight: 20, rewrite: '/own/' }, {}).map(
      (action) => action.pathRewrite,
    ),
    [regex, regex, regex],
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
