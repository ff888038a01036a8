import test from 'ava';

import type { Route } from '../../../../../src/ir/route.ts';
import {
  aHost,
  aListener,
  aMapping,
  routesOf,
  showShare,
  translated,
} from '../../../../_support/world/builders.ts';

/** Who a route answers, and how. */
const shown = ({ match, action }: Route): string => {
  const secure = match.headers.some(
    ({ name, match: value }) =>
      name === 'x-forwarded-proto' && value._tag === 'Exact' && value.value === 'https',
  );
  const share = match.fraction === undefined ? '' : `${showShare(match.fraction)} of `;
  const answer =
    action._tag === 'Redirect' ? `redirect ${action.scheme ?? ''} ${action.code}` : 'route';
  return `${share}${secure ? 'https' : 'all'}: ${answer}`;
};

const answers = test.macro({
  exec(t, securityModel: string, action: string, routes: readonly string[]) {
    const translation = translated(
      aListener('default/http', { securityModel }),
      aHost('default/all', { requestPolicy: { insecure: { action } } }),
      aMapping('default/web', { prefix: '/shop/' }),
    );
    t.deepEqual(routesOf(translation).map(shown), routes);
  },
  title: (_, securityModel: string, action: string, routes: readonly string[]) =>
    `${securityModel} and ${action}: ${routes.join(', then ') || 'nothing'}`,
});

test(answers, 'XFP', 'Route', ['all: route']);
test(answers, 'XFP', 'Redirect', ['https: route', 'all: redirect https 301']);
test(answers, 'XFP', 'Reject', ['https: route']);
test(answers, 'SECURE', 'Route', ['all: route']);
test(answers, 'SECURE', 'Redirect', ['all: route']);
test(answers, 'SECURE', 'Reject', ['all: route']);
test(answers, 'INSECURE', 'Route', ['all: route']);
test(answers, 'INSECURE', 'Redirect', ['all: redirect https 301']);
test(answers, 'INSECURE', 'Reject', []);

const challenged = test.macro({
  exec(t, securityModel: string, action: string) {
    const translation = translated(
      aListener('default/http', { securityModel }),
      aHost('default/all', { requestPolicy: { insecure: { action } } }),
      aMapping('default/acme', { prefix: '/.well-known/acme-challenge/' }),
    );
    t.deepEqual(routesOf(translation).map(shown), ['all: route']);
  },
  title: (_, securityModel: string, action: string) =>
    `an ACME challenge is answered under ${securityModel} and ${action}`,
});

for (const model of ['XFP', 'SECURE', 'INSECURE'])
  for (const action of ['Route', 'Redirect', 'Reject']) test(challenged, model, action);

test('a Host that says nothing redirects', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/all', { requestPolicy: {} }),
    aMapping('default/web'),
  );
  t.deepEqual(routesOf(translation).map(shown), ['https: route', 'all: redirect https 301']);
});

test('all members of a canary share one redirect, which takes every insecure request', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/all', { requestPolicy: { insecure: { action: 'Redirect' } } }),
    aMapping('default/canary', { service: 'canary', weight: 10 }),
    aMapping('default/main'),
    aMapping('default/other', { prefix: '/other/' }),
  );
  t.deepEqual(routesOf(translation).map(shown), [
    'https: route',
    'all: redirect https 301',
    '10% of https: route',
    'https: route',
    'all: redirect https 301',
  ]);
});

test('the redirect keeps the name and the other conditions of the route, and none of its settings', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/all', { requestPolicy: { insecure: { action: 'Redirect' } } }),
    aMapping('default/web', {
      prefix: '/a/',
      method: 'PUT',
      add_request_headers: { 'x-a': { value: '1' } },
    }),
  );
  t.deepEqual(routesOf(translation)[1], {
    name: 'Mapping default/web',
    match: {
      path: { _tag: 'Prefix', value: '/a/', caseSensitive: true },
      headers: [{ name: ':method', match: { _tag: 'Exact', value: 'PUT' } }],
      queryParameters: [],
    },
    action: { _tag: 'Redirect', scheme: 'https', code: 301 },
    requestHeaders: { add: [], remove: [] },
    responseHeaders: { add: [], remove: [] },
    from: ['Mapping default/web'],
  });
});

test('the redirect has the headers of all members of one namespace, and of no other', (t) => {
  const adds = (name: string) => ({ add_response_headers: { [name]: { value: '1' } } });
  const translation = translated(
    aListener(),
    aHost('default/all', { requestPolicy: { insecure: { action: 'Redirect' } } }),
    aMapping('default/main', adds('x-main')),
    aMapping('default/canary', { service: 'canary', weight: 10, ...adds('x-canary') }),
    aMapping('other/canary', { service: 'canary', weight: 10, ...adds('x-other') }),
  );
  const redirect = routesOf(translation).find(({ action }) => action._tag === 'Redirect');
  t.deepEqual(redirect?.responseHeaders.add.map(({ name }) => name).sort(), ['x-canary', 'x-main']);
});
