import type { NamedMatch, PathMatch, Route, RouteMatch } from '../../../src/ir/route.ts';
import type { RouteTree } from '../../../src/xds/route/route-tree.ts';
import type { RoutedRequest } from '../world/any-routes.ts';

/** The first route that takes a GET, as Envoy goes through a list. */
export const firstMatch = (routes: readonly Route[], request: RoutedRequest): Route | undefined =>
  routes.find(({ match }) => takes(match, request));

/** The route that a tree gives: the first one of one leaf. */
export const matchInTree = (
  { leaves, otherwise }: RouteTree,
  request: RoutedRequest,
): Route | undefined => {
  const [leaf = otherwise] = [...leaves]
    .filter(([prefix]) => request.path.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)
    .map(([, routes]) => routes);
  return firstMatch(leaf, request);
};

const takes = (match: RouteMatch, { path: target, headers }: RoutedRequest): boolean => {
  const [path = '', query = ''] = target.split(/[?#]/);
  const said = new URLSearchParams(query);
  const all: Readonly<Record<string, string>> = {
    ...headers,
    ':method': 'GET',
    'x-forwarded-proto': 'http',
  };
  return (
    match.fraction?.numerator !== 0 &&
    takesPath(match.path, path) &&
    match.headers.every((one) => holds(one, all[one.name])) &&
    match.queryParameters.every((one) => holds(one, said.get(one.name) ?? undefined))
  );
};

const takesPath = (match: PathMatch, path: string): boolean => {
  switch (match._tag) {
    case 'Exact':
      return folded(match, path) === folded(match, match.value);
    case 'Prefix':
      return folded(match, path).startsWith(folded(match, match.value));
    case 'Segment':
      return `${folded(match, path)}/`.startsWith(`${folded(match, match.value)}/`);
    case 'Regex': {
      const ignoresCase = match.value.startsWith('(?i)');
      const source = ignoresCase ? match.value.slice(4) : match.value;
      return new RegExp(`^(?:${source})$`, ignoresCase ? 'i' : '').test(path);
    }
  }
};

const folded = ({ caseSensitive }: { readonly caseSensitive: boolean }, text: string): string =>
  caseSensitive ? text : text.toLowerCase();

const holds = ({ match }: NamedMatch, got: string | undefined): boolean => {
  if (got === undefined) return false;
  switch (match._tag) {
    case 'Present':
      return true;
    case 'Exact':
      return got === match.value;
    case 'Prefix':
      return got.startsWith(match.value);
    case 'Suffix':
      return got.endsWith(match.value);
    case 'Regex':
      return new RegExp(`^(?:${match.value})$`).test(got);
  }
};
