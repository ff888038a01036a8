import { interned } from '../../../collection/intern.ts';
import { normalHostname } from '../../../ir/hostname.ts';
import type { NamedMatch, PathMatch, RouteMatch } from '../../../ir/route.ts';
import type { CompiledMapping } from './compiled-mapping.ts';
import type { SpecOn } from './mapping-fields.ts';

type Spec = SpecOn<'match'>;

/** The conditions of a Mapping. */
interface MappingMatch extends Pick<CompiledMapping, 'match' | 'precedence' | 'method'> {
  readonly host: HostMatch;
}

/** Reads the conditions of a Mapping: on the host name, path, headers, query and method. */
export const mappingMatch = (spec: Spec): MappingMatch => {
  const headers = joined(methodMatch(spec), headerMatches(spec));
  const queryParameters = joined(
    namedMatches(spec.query_parameters, 'Exact'),
    namedMatches(spec.regex_query_parameters, 'Regex'),
  );
  const isPlain = headers === nothing && queryParameters === nothing && isPlainPath(spec);
  return {
    host: hostOf(spec),
    match: isPlain ? plainMatch(spec.prefix) : { path: pathOf(spec), headers, queryParameters },
    precedence: spec.precedence ?? 0,
    method: spec.method ?? 'GET',
  };
};

/** Most Mappings ask for nothing but a path; they share the empty list. */
const nothing: readonly NamedMatch[] = [];

const joined = (
  some: readonly NamedMatch[],
  others: readonly NamedMatch[],
): readonly NamedMatch[] => {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
};

type HostMatch = Pick<CompiledMapping, 'hostname' | 'hostRegex'>;

/** `hostname` beats `host`, and an exact `:authority` header is as good as either. */
const hostOf = (spec: Spec): HostMatch => {
  if (spec.hostname !== undefined) return { hostname: normalHostname(spec.hostname) };
  if (spec.host !== undefined)
    return spec.host_regex === true
      ? { hostRegex: spec.host }
      : { hostname: normalHostname(spec.host) };
  const authority = spec.headers?.[':authority'];
  return authority === undefined ? {} : { hostname: normalHostname(authority) };
};

const isPlainPath = ({ prefix_regex, prefix_exact }: Spec): boolean =>
  prefix_regex !== true && prefix_exact !== true;

/** Mappings that ask for the same prefix and nothing else share it. */
const plainMatch = interned((prefix): RouteMatch => ({
  path: { _tag: 'Prefix', value: prefix, caseSensitive: true },
  headers: nothing,
  queryParameters: nothing,
}));

const pathOf = ({ prefix, prefix_regex, prefix_exact }: Spec): PathMatch =>
  prefix_regex === true
    ? { _tag: 'Regex', value: prefix }
    : { _tag: prefix_exact === true ? 'Exact' : 'Prefix', value: prefix, caseSensitive: true };

const methodMatch = ({ method, method_regex }: Spec): readonly NamedMatch[] =>
  method === undefined
    ? nothing
    : [
        {
          name: ':method',
          match: { _tag: method_regex === true ? 'Regex' : 'Exact', value: method },
        },
      ];

const headerMatches = ({ headers, regex_headers }: Spec): readonly NamedMatch[] =>
  joined(
    headers === undefined
      ? nothing
      : namedMatches(headers, 'Exact').filter(({ name }) => name !== ':authority'),
    namedMatches(regex_headers, 'Regex'),
  );

const namedMatches = (
  values: Readonly<Record<string, string>> | undefined,
  _tag: 'Exact' | 'Regex',
): readonly NamedMatch[] =>
  values === undefined
    ? nothing
    : Object.entries(values)
        .map(([name, value]) => ({ name, match: { _tag, value } }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
