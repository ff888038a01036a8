import test from 'ava';

import type { Route } from '../../../../../src/ir/route.ts';
import { aService } from '../../../../_support/world/builders.ts';
import { routesOf, rulesOf, showAction } from '../../../../_support/gateway/compiled-rules.ts';
import { aGrpcRoute, anHttpRoute } from '../../../../_support/world/gateway-api/builders.ts';

const services = ['web', 'other', 'third'].map((name) => aService(`default/${name}`));

const to = (name: string, weight: number, filters: readonly object[] = []) => ({
  name,
  port: 80,
  weight,
  filters,
});

const sharing = (rule: object): readonly Route[] =>
  routesOf(rulesOf([...services, anHttpRoute('default/r', { rules: [rule] })]));

const setting = (name: string, value: string) => ({
  type: 'RequestHeaderModifier',
  requestHeaderModifier: { set: [{ name, value }] },
});

const answering = (name: string, value: string) => ({
  type: 'ResponseHeaderModifier',
  responseHeaderModifier: { set: [{ name, value }] },
});

const rewriting = (value: string) => ({
  type: 'URLRewrite',
  urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: value } },
});

const shows = test.macro({
  exec(t, backendRefs: readonly object[] | undefined, expected: string) {
    t.deepEqual(sharing({ backendRefs }).map(showAction), [expected]);
  },
  title: (name = '') => `requests are shared: ${name}`,
});

test('one backend', shows, [to('web', 7)], 'web_80_default 1');
test('by weight', shows, [to('web', 3), to('other', 1)], 'web_80_default 3, other_80_default 1');
test('none for weight 0', shows, [to('web', 0), to('other', 2)], 'other_80_default 1');
test('nobody weighs anything', shows, [to('web', 0)], '500');
test('there is no backend', shows, [], '500');
test('nothing is said of backends', shows, undefined, '500');
test(
  'one that is not there fails its share',
  shows,
  [to('web', 1), to('nowhere', 3)],
  'web_80_default 1, fails 500 3',
);
test('all fail', shows, [to('nowhere', 1), to('nowhere-else', 3)], '500');

test('a route without rules has no backend', (t) => {
  const route = anHttpRoute('default/r', { rules: undefined });
  t.deepEqual(routesOf(rulesOf([route])).map(showAction), ['500']);
});

test('a GRPCRoute without rules takes no call', (t) => {
  t.deepEqual(routesOf(rulesOf([aGrpcRoute('default/r', { rules: undefined })])), []);
});

test('calls to a backend that is not there are answered UNAVAILABLE', (t) => {
  const [first] = routesOf(
    rulesOf([
      ...services,
      aGrpcRoute('default/r', { rules: [{ backendRefs: [to('web', 1), to('nowhere', 1)] }] }),
    ]),
  );
  t.is(first && showAction(first), 'web_80_default 1, fails 503 1');
});

test('filters of the only backend are those of the route, after those of the rule', (t) => {
  const [first] = sharing({
    filters: [setting('x-a', 'rule'), answering('x-b', 'rule')],
    backendRefs: [to('web', 1, [setting('x-a', 'own'), answering('x-b', 'own'), rewriting('/x')])],
  });
  t.deepEqual(
    first?.requestHeaders.add.map(({ value }) => value),
    ['rule', 'own'],
  );
  t.deepEqual(
    first?.responseHeaders.add.map(({ value }) => value),
    ['own', 'rule'],
  );
  t.like(first?.action, { pathRewrite: { _tag: 'Full', value: '/x' } });
});

test('headers of several backends change for each share, after what the rule does', (t) => {
  const [first, ...others] = sharing({
    filters: [setting('x-a', 'rule'), answering('x-b', 'rule')],
    backendRefs: [to('web', 1, [setting('x-a', 'own'), answering('x-b', 'own')]), to('other', 1)],
  });
  t.is(others.length, 0);
  t.deepEqual(first?.requestHeaders, { add: [], remove: [] });
  t.deepEqual(
    first?.responseHeaders.add.map(({ value }) => value),
    ['rule'],
  );
  t.like(first?.action, {
    backends: [
      {
        requestHeaders: {
          add: [
            { name: 'x-a', value: 'rule', append: false },
            { name: 'x-a', value: 'own', append: false },
          ],
          remove: [],
        },
        responseHeaders: { add: [{ name: 'x-b', value: 'own', append: false }], remove: [] },
      },
      { requestHeaders: { add: [{ name: 'x-a', value: 'rule', append: false }], remove: [] } },
    ],
  });
});

test('what a backend removes is not added by the rule', (t) => {
  const [first] = sharing({
    filters: [setting('X-A', 'rule')],
    backendRefs: [
      to('web', 1, [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x-a'] } }]),
    ],
  });
  t.deepEqual(first?.requestHeaders, { add: [], remove: ['x-a'] });
});

test('backends whose filters Envoy has for routes alone are routes, each with its share', (t) => {
  const routes = sharing({
    backendRefs: [
      to('web', 1, [rewriting('/x')]),
      to('nowhere', 2),
      to('other', 3),
      to('third', 2, [{ type: 'RequestRedirect', requestRedirect: { hostname: 'b.example' } }]),
    ],
  });
  t.deepEqual(
    routes.map((route) => [showAction(route), route.match.fraction]),
    [
      ['web_80_default 1', { numerator: 1, denominator: 8 }],
      ['500', { numerator: 3, denominator: 8 }],
      ['other_80_default 1', { numerator: 6, denominator: 8 }],
      ['redirect 302', undefined],
    ],
  );
});

test('the routes of one match stay in their order', (t) => {
  const { routes } = rulesOf([
    ...services,
    anHttpRoute('default/r', {
      rules: [{ backendRefs: [to('web', 1, [rewriting('/x')]), to('other', 1)] }],
    }),
  ]);
  t.deepEqual(
    routes.map(({ order }) => order.part),
    [0, 1],
  );
});

test('a share whose filter is an object fails', (t) => {
  const rules = rulesOf([
    ...services,
    anHttpRoute('default/r', {
      rules: [
        {
          backendRefs: [
            to('web', 1),
            to('other', 1, [
              { type: 'ExtensionRef', extensionRef: { group: 'odd', kind: 'Odd', name: 'x' } },
            ]),
          ],
        },
      ],
    }),
  ]);
  t.deepEqual(routesOf(rules).map(showAction), ['web_80_default 1, fails 500 1']);
  t.like(rules.resolvedRefs, { status: 'False', reason: 'InvalidKind' });
});

test('routes of several rules say which rule they are of', (t) => {
  const backendRefs = [to('web', 1)];
  const names = (...rules: readonly object[]) =>
    routesOf(rulesOf([...services, anHttpRoute('default/r', { rules })])).map(({ name }) => name);
  t.deepEqual(names({ backendRefs }), ['HTTPRoute default/r']);
  t.deepEqual(names({ backendRefs }, { backendRefs }), [
    'HTTPRoute default/r rule 0',
    'HTTPRoute default/r rule 1',
  ]);
});
