import type { NamedMatch } from '../ir/route.ts';
import type { Mapping } from '../kube/mapping.ts';
import { normalHostname } from './hostname.ts';
import type { Rank, Rule } from './rule.ts';

/** The conditions of a Mapping, its rank, and the group of Mappings with equal conditions. */
export interface MappingMatch extends Pick<
  Rule,
  'path' | 'headers' | 'queryParameters' | 'rank' | 'group'
> {
  readonly host: HostMatch;
}

/** Reads the conditions of a Mapping (emissary.md §1.1 "Identity / match", §3.1, §3.2). */
export const mappingMatch = (spec: Mapping['spec']): MappingMatch => {
  const host = hostOf(spec);
  const path = pathOf(spec);
  const headers = joined(methodMatch(spec), headerMatches(spec));
  const queryParameters = joined(
    namedMatches(spec.query_parameters, 'Exact'),
    namedMatches(spec.regex_query_parameters, 'Regex'),
  );
  const rank = rankOf(spec, [...authorityMatch(host), ...headers], queryParameters);
  const group = JSON.stringify([host, path, headers, queryParameters, spec.precedence ?? 0]);
  return { host, path, headers, queryParameters, rank, group };
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

type HostMatch = Pick<Rule, 'hostname' | 'hostRegex'>;

/** `hostname` beats `host`, and an exact `:authority` header is as good as either. */
const hostOf = (spec: Mapping['spec']): HostMatch => {
  if (spec.hostname !== undefined) return { hostname: normalHostname(spec.hostname) };
  if (spec.host !== undefined)
    return spec.host_regex === true
      ? { hostRegex: spec.host }
      : { hostname: normalHostname(spec.host) };
  const authority = spec.headers?.[':authority'];
  return authority === undefined ? {} : { hostname: normalHostname(authority) };
};

const pathOf = ({ prefix, prefix_regex, prefix_exact }: Mapping['spec']): Rule['path'] => {
  if (prefix_regex === true) return { _tag: 'Regex', value: prefix };
  return { _tag: prefix_exact === true ? 'Exact' : 'Prefix', value: prefix };
};

const methodMatch = ({ method, method_regex }: Mapping['spec']): readonly NamedMatch[] =>
  method === undefined
    ? nothing
    : [
        {
          name: ':method',
          match: { _tag: method_regex === true ? 'Regex' : 'Exact', value: method },
        },
      ];

const headerMatches = ({ headers, regex_headers }: Mapping['spec']): readonly NamedMatch[] =>
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

const authorityMatch = ({ hostname, hostRegex }: HostMatch): readonly NamedMatch[] => {
  if (hostRegex !== undefined)
    return [{ name: ':authority', match: { _tag: 'Regex', value: hostRegex } }];
  return hostname === undefined || hostname === '*'
    ? []
    : [{ name: ':authority', match: { _tag: 'Exact', value: hostname } }];
};

const rankOf = (
  { precedence = 0, prefix, method = 'GET' }: Mapping['spec'],
  headers: readonly NamedMatch[],
  queryParameters: readonly NamedMatch[],
): Rank => {
  const rank: Rank = [
    precedence,
    prefix.length,
    totalLength(headers),
    totalLength(queryParameters),
    prefix,
    method,
  ];
  return rank.concat(headers.map(showMatch).sort(), queryParameters.map(showMatch).sort());
};

const valueOf = ({ match }: NamedMatch): string => (match._tag === 'Present' ? '*' : match.value);

const showMatch = (match: NamedMatch): string => `${match.name}-${valueOf(match)}`;

const totalLength = (matches: readonly NamedMatch[]): number =>
  matches.reduce(
    (sum, match) =>
      sum +
      match.name.length +
      (valueOf(match) || '*').length +
      (match.match._tag === 'Regex' ? 1 : 0),
    0,
  );
