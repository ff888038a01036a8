import type { XdsMatcher, XdsMatcherOnMatch } from '../../../proto/envoy.ts';
import type { Route } from '../../ir/route.ts';
import { any, encode } from '../message/encode.ts';
import type { RouteTree } from './route-tree.ts';
import { route } from './route.ts';

/** A tree of routes as Envoy's generic matcher. */
export const routeTreeMatcher = ({ leaves, otherwise }: RouteTree): XdsMatcher => ({
  matcher_tree: {
    input: { name: 'path', typed_config: pathInput },
    prefix_match_map: {
      map: Object.fromEntries([...leaves].map(([prefix, routes]) => [prefix, leaf(routes)])),
    },
  },
  ...(otherwise.length > 0 && { on_no_match: leaf(otherwise) }),
});

const pathInput = any('envoy.type.matcher.v3.HttpRequestHeaderMatchInput', {
  header_name: ':path',
});

/** Fields of a repeated kind written one after the other are read as one list. */
const leaf = (routes: readonly Route[]): XdsMatcherOnMatch => ({
  action: {
    name: 'routes',
    typed_config: {
      type_url: 'type.googleapis.com/envoy.config.route.v3.RouteList',
      value: entries(routes),
    },
  },
});

const entries = (routes: readonly Route[]): Buffer => {
  const [first, ...others] = routes;
  return first !== undefined && others.length === 0
    ? entry(first)
    : Buffer.concat(routes.map(entry));
};

/** A route is encoded once, however many leaves have it, and not again while it is the same object. */
const entry = (source: Route): Buffer => {
  const before = known.get(source);
  if (before !== undefined) return before;
  const encoded = encode('envoy.config.route.v3.RouteList', { routes: [route(source)] });
  known.set(source, encoded);
  return encoded;
};

const known = new WeakMap<Route, Buffer>();
