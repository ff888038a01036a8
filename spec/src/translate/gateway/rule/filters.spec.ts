import test from 'ava';

import type { Forward } from '../../../../../src/ir/route.ts';
import { aService } from '../../../../_support/world/builders.ts';
import {
  problemsOf,
  routesOf,
  rulesOf,
  showAction,
} from '../../../../_support/gateway/compiled-rules.ts';
import { anHttpRoute, aGrpcRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const services = [aService('default/web'), aService('default/copy'), aService('default/other')];

const withFilters = (filters: readonly object[], rule: object = {}) =>
  rulesOf([...services, anHttpRoute('default/r', { rules: [{ ...toWeb, ...rule, filters }] })]);

const redirecting = (requestRedirect: object, rule: object = {}) =>
  withFilters([{ type: 'RequestRedirect', requestRedirect }], { backendRefs: [], ...rule });

const rewriting = (urlRewrite: object, rule: object = {}) =>
  withFilters([{ type: 'URLRewrite', urlRewrite }], rule);

const forward = (rules: ReturnType<typeof rulesOf>): Partial<Forward> => {
  const [first] = routesOf(rules);
  return first?.action._tag === 'Forward' ? first.action : {};
};

const modifier = {
  set: [{ name: 'x-set', value: '100% %REQ(a)%' }],
  add: [{ name: 'x-add', value: 'b' }],
  remove: ['x-gone'],
};

const mutation = {
  add: [
    { name: 'x-set', value: '100%% %%REQ(a)%%', append: false },
    { name: 'x-add', value: 'b', append: true },
  ],
  remove: ['x-gone'],
};

test('headers of requests and responses change, and percent signs are no commands', (t) => {
  const [first] = routesOf(
    withFilters([
      { type: 'RequestHeaderModifier', requestHeaderModifier: modifier },
      { type: 'ResponseHeaderModifier', responseHeaderModifier: modifier },
    ]),
  );
  t.deepEqual(first?.requestHeaders, mutation);
  t.deepEqual(first?.responseHeaders, mutation);
});

test('the prefix that each match asks for is replaced', (t) => {
  const rewrites = routesOf(
    rewriting(
      { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } },
      { matches: [{ path: { value: '/a/' } }, { path: { value: '/' } }] },
    ),
  ).map(({ action }) => action);
  t.like(rewrites[0], { pathRewrite: { _tag: 'Prefix', value: '/x' } });
  t.like(rewrites[1], { pathRewrite: { _tag: 'Prefix', value: '/x/' } });
});

test('a whole path is replaced, and the host', (t) => {
  t.like(
    forward(
      rewriting({
        hostname: 'b.example',
        path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
      }),
    ),
    {
      pathRewrite: { _tag: 'Full', value: '/new' },
      hostRewrite: { _tag: 'Literal', value: 'b.example' },
    },
  );
});

const mirror = (more: object = {}) => ({
  type: 'RequestMirror',
  requestMirror: { backendRef: { name: 'copy', port: 80 }, ...more },
});

test('requests are copied to several backends, all of them or a share', (t) => {
  const rules = withFilters([
    mirror(),
    mirror({ percent: 20 }),
    mirror({ fraction: { numerator: 1, denominator: 3 } }),
    mirror({ percent: 0 }),
  ]);
  t.deepEqual(
    forward(rules).mirrors?.map(({ fraction }) => fraction),
    [
      { numerator: 100, denominator: 100 },
      { numerator: 20, denominator: 100 },
      { numerator: 1, denominator: 3 },
    ],
  );
  t.deepEqual(rules.services, ['default/copy', 'default/web']);
});

test('a backend for copies that is not there is told, and requests are served', (t) => {
  const rules = withFilters([
    { type: 'RequestMirror', requestMirror: { backendRef: { name: 'nowhere', port: 80 } } },
  ]);
  t.like(rules.resolvedRefs, { status: 'False', reason: 'BackendNotFound' });
  t.is(rules.accepted, undefined);
  t.deepEqual(forward(rules).mirrors, []);
  t.deepEqual(problemsOf(rules), [
    'HTTPRoute default/r: spec.rules[0].filters[0].requestMirror.backendRef: Service default/nowhere does not exist',
  ]);
});

test('a filter that is an object is not skipped: requests fail, and the reference is not resolved', (t) => {
  const rules = withFilters([
    { type: 'ExtensionRef', extensionRef: { group: 'odd.example', kind: 'Odd', name: 'x' } },
  ]);
  t.is(rules.accepted, undefined);
  t.like(rules.resolvedRefs, { status: 'False', reason: 'InvalidKind' });
  t.deepEqual(routesOf(rules).map(showAction), ['500']);
  t.deepEqual(rules.clusters, []);
});

const refused = test.macro({
  exec(t, reason: string, rules: ReturnType<typeof rulesOf>, problem: string) {
    t.like(rules.accepted, { status: 'False', reason });
    t.deepEqual(problemsOf(rules), [`HTTPRoute default/r: ${problem}`]);
    for (const route of routesOf(rules)) t.is(showAction(route), '500');
  },
  title: (name = '') => `requests fail and the route is not accepted with ${name}`,
});

test(
  'a filter of a type that is not known',
  refused,
  'UnsupportedValue',
  withFilters([{ type: 'ExternalAuth', externalAuth: {} }]),
  'spec.rules[0].filters[0].type: expected one of RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, CORS, ExtensionRef, got ExternalAuth',
);
test(
  'a filter without its settings',
  refused,
  'UnsupportedValue',
  withFilters([{ type: 'URLRewrite' }]),
  'spec.rules[0].filters[0].urlRewrite: expected settings of URLRewrite, got none',
);
test(
  'a filter with settings of another one',
  refused,
  'UnsupportedValue',
  withFilters([{ type: 'URLRewrite', urlRewrite: {}, cors: {} }]),
  'spec.rules[0].filters[0].cors: expected nothing beside URLRewrite, got settings',
);
test(
  'a filter with settings of one that is not known',
  refused,
  'UnsupportedValue',
  withFilters([{ type: 'URLRewrite', urlRewrite: {}, externalAuth: {} }]),
  'spec.rules[0].filters[0].externalAuth: expected nothing beside URLRewrite, got settings',
);
test(
  'a filter that stands twice',
  refused,
  'IncompatibleFilters',
  withFilters([
    { type: 'CORS', cors: {} },
    { type: 'CORS', cors: {} },
  ]),
  'spec.rules[0].filters[1].type: expected each filter once, got CORS again',
);
test(
  'a redirect beside a rewrite',
  refused,
  'IncompatibleFilters',
  withFilters(
    [
      { type: 'URLRewrite', urlRewrite: {} },
      { type: 'RequestRedirect', requestRedirect: {} },
    ],
    { backendRefs: [] },
  ),
  'spec.rules[0].filters: expected no URLRewrite beside RequestRedirect, got URLRewrite, RequestRedirect',
);
test(
  'a redirect beside backends',
  refused,
  'IncompatibleFilters',
  redirecting({}, { backendRefs: [{ name: 'web', port: 80 }] }),
  'spec.rules[0].backendRefs: expected no backends beside RequestRedirect, got 1',
);
test(
  'a prefix that is replaced where none is asked for',
  refused,
  'UnsupportedValue',
  rewriting(
    { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } },
    { matches: [{ path: { type: 'Exact', value: '/a' } }] },
  ),
  'spec.rules[0].filters[0].urlRewrite.path.type: expected ReplaceFullPath for matches that are not by PathPrefix, got ReplacePrefixMatch',
);
test(
  'a path that is replaced with none',
  refused,
  'UnsupportedValue',
  rewriting({ path: { type: 'ReplaceFullPath' } }),
  'spec.rules[0].filters[0].urlRewrite.path.replaceFullPath: expected a path for ReplaceFullPath, got none',
);
test(
  'more copies than requests',
  refused,
  'UnsupportedValue',
  withFilters([mirror({ fraction: { numerator: 3, denominator: 2 } })]),
  'spec.rules[0].filters[0].requestMirror.fraction: expected at most all requests, got 3/2',
);

test('calls of a GRPCRoute whose filter is not known are answered UNAVAILABLE', (t) => {
  const rules = rulesOf([
    ...services,
    aGrpcRoute('default/r', {
      rules: [{ ...toWeb, filters: [{ type: 'RequestRedirect', requestRedirect: {} }] }],
    }),
  ]);
  t.like(rules.accepted, { status: 'False', reason: 'UnsupportedValue' });
  t.deepEqual(routesOf(rules).map(showAction), ['503']);
});
