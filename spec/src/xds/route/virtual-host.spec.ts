import test from 'ava';

import { from } from '../../../../src/collection/collection.ts';
import type { Route } from '../../../../src/ir/route.ts';
import { virtualHostKey } from '../../../../src/ir/virtual-host.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { virtualHost } from '../../../../src/xds/route/virtual-host.ts';
import { routeConfiguration } from '../../../../src/xds/table/route-configuration.ts';
import { aRoute, aVirtualHost } from '../../../_support/world/an-ir.ts';

const prefix = (value: string): Route =>
  aRoute({
    match: {
      path: { _tag: 'Prefix', value, caseSensitive: true },
      headers: [],
      queryParameters: [],
    },
  });

const routes = (count: number): readonly Route[] =>
  Array.from({ length: count }, (_, n) => prefix(`/svc-${n}/`));

const shown = (...all: readonly Route[]): object => {
  const host = virtualHost(aVirtualHost('a.example', ...all));
  const table = routeConfiguration('web', from([[virtualHostKey('web', 'a.example'), host]]));
  const { virtual_hosts: hosts } = toJson(table) as { readonly virtual_hosts: readonly object[] };
  return hosts[0] ?? {};
};

const routeJson = (value: string) => ({
  name: 'Mapping demo/shop',
  match: { prefix: value },
  route: { cluster: 'shop', timeout: '3s' },
});

const leaf = (...prefixes: readonly string[]) => ({
  action: {
    name: 'routes',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.config.route.v3.RouteList',
      routes: prefixes.map(routeJson),
    },
  },
});

test('64 routes are a list', (t) => {
  t.deepEqual(shown(...routes(64)), {
    name: 'a.example',
    domains: ['a.example'],
    routes: routes(64).map((_, n) => routeJson(`/svc-${n}/`)),
  });
});

test('65 routes are a tree over the path', (t) => {
  t.deepEqual(shown(...routes(64), prefix('')), {
    name: 'a.example',
    domains: ['a.example'],
    matcher: {
      matcher_tree: {
        input: {
          name: 'path',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput',
            header_name: ':path',
          },
        },
        prefix_match_map: {
          map: Object.fromEntries(
            routes(64).map((_, n) => [`/svc-${n}/`, leaf(`/svc-${n}/`)] as const),
          ),
        },
      },
      on_no_match: leaf(''),
    },
  });
});

test('a tree without routes for all other paths says nothing of them', (t) => {
  const { matcher } = shown(...routes(65)) as { readonly matcher: object };
  t.deepEqual(Object.keys(matcher), ['matcher_tree']);
});

test('routes that no prefix tells apart stay a list, however many', (t) => {
  const pattern = aRoute({
    match: { path: { _tag: 'Regex', value: '.*a' }, headers: [], queryParameters: [] },
  });
  const { routes: list } = shown(...Array.from({ length: 70 }, () => pattern)) as {
    readonly routes: readonly object[];
  };
  t.is(list.length, 70);
});

test('a tree is the same bytes whether its routes were encoded before or not', (t) => {
  const first = virtualHost(aVirtualHost('a.example', ...routes(100)));
  const again = virtualHost(aVirtualHost('a.example', ...routes(100)));
  t.deepEqual(again, first);
});
