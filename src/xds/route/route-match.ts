import type {
  HeaderMatcher,
  QueryParameterMatcher,
  RouteMatch as RouteMatchMessage,
} from '../../../proto/envoy.ts';
import type { HeaderMatch, NamedMatch, PathMatch, RouteMatch } from '../../ir/route.ts';
import { fraction } from '../message/fraction.ts';
import { stringMatcher } from '../message/string-matcher.ts';

/** The requests a route is for. */
export const routeMatch = (match: RouteMatch): RouteMatchMessage => ({
  ...pathSpecifier(match.path),
  ...(match.headers.length > 0 && { headers: match.headers.map(headerMatcher) }),
  ...(match.queryParameters.length > 0 && {
    query_parameters: match.queryParameters.map(queryParameterMatcher),
  }),
  ...(match.fraction !== undefined && { runtime_fraction: fraction(match.fraction) }),
});

const pathSpecifier = (path: PathMatch): RouteMatchMessage => {
  switch (path._tag) {
    case 'Exact':
      return { path: path.value, ...caseSensitivity(path.caseSensitive) };
    case 'Prefix':
      return { prefix: path.value, ...caseSensitivity(path.caseSensitive) };
    case 'Segment':
      return { path_separated_prefix: path.value, ...caseSensitivity(path.caseSensitive) };
    case 'Regex':
      return { safe_regex: { regex: path.value } };
  }
};

const caseSensitivity = (caseSensitive: boolean): Pick<RouteMatchMessage, 'case_sensitive'> =>
  caseSensitive ? {} : { case_sensitive: { value: false } };

const headerMatcher = ({ name, match, inverted }: HeaderMatch): HeaderMatcher => ({
  name,
  ...(match._tag === 'Present' ? { present_match: true } : { string_match: stringMatcher(match) }),
  ...(inverted === true && { invert_match: true }),
});

const queryParameterMatcher = ({ name, match }: NamedMatch): QueryParameterMatcher =>
  match._tag === 'Present'
    ? { name, present_match: true }
    : { name, string_match: stringMatcher(match) };
