import type { NamedMatch } from '../../../ir/route.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';

/** Orders Mappings as their routes are tried; of equals the lesser key comes first. */
export const byRouteOrder = (a: CompiledMapping, b: CompiledMapping): number =>
  byConditions(a, b) ||
  byText(a.method, b.method) ||
  byTexts(conditionTexts(a), conditionTexts(b)) ||
  (a.key < b.key ? -1 : Number(a.key > b.key));

/**
 * The Mappings of each group. A group is the Mappings with equal conditions: a main one, its canaries, a
 * shadow. Its name is worked out only where neighbours rank the same, since no others can share it.
 */
export const groupsOf = (
  sorted: readonly CompiledMapping[],
): readonly (readonly CompiledMapping[])[] => {
  const groups: (readonly CompiledMapping[])[] = [];
  let start = 0;
  for (const [i, mapping] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next !== undefined && byConditions(mapping, next) === 0) continue;
    const alike = sorted.slice(start, i + 1);
    if (alike.length === 1) groups.push(alike);
    else groups.push(...Map.groupBy(alike, groupName).values());
    start = i + 1;
  }
  return groups;
};

const groupName = ({ hostname, hostRegex, match, precedence }: CompiledMapping): string =>
  JSON.stringify([hostname, hostRegex, match, precedence]);

/**
 * Where a Mapping stands among others: by its precedence, then by the length of the path, of the
 * headers and of the query parameters, then by the text of the path. The greater one is tried
 * first.
 */
const byConditions = (a: CompiledMapping, b: CompiledMapping): number =>
  b.precedence - a.precedence ||
  b.match.path.value.length - a.match.path.value.length ||
  headersLength(b) - headersLength(a) ||
  totalLength(b.match.queryParameters) - totalLength(a.match.queryParameters) ||
  byText(a.match.path.value, b.match.path.value);

const byText = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** Orders lists of texts: the greater text first, and of two that begin alike the longer list. */
export const byTexts = (a: readonly string[], b: readonly string[]): number => {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined) return -1;
    if (left !== right) return left > right ? -1 : 1;
  }
  return b.length > a.length ? 1 : 0;
};

const conditionTexts = (mapping: CompiledMapping): readonly string[] => {
  const { headers, queryParameters } = mapping.match;
  const shown = [...authority(mapping), ...headers].map(showMatch).sort();
  return shown.concat(queryParameters.map(showMatch).sort());
};

const authority = ({ hostname, hostRegex }: CompiledMapping): readonly NamedMatch[] => {
  if (hostRegex !== undefined)
    return [{ name: ':authority', match: { _tag: 'Regex', value: hostRegex } }];
  return hostname === undefined || hostname === '*'
    ? []
    : [{ name: ':authority', match: { _tag: 'Exact', value: hostname } }];
};

/**
 * Counts the `:authority` too, which is a header. It builds no list, because every comparison calls
 * it.
 */
const headersLength = ({ hostname, hostRegex, match }: CompiledMapping): number => {
  const length = totalLength(match.headers);
  if (hostRegex !== undefined) return length + ':authority'.length + (hostRegex || '*').length + 1;
  return hostname === undefined || hostname === '*'
    ? length
    : length + ':authority'.length + (hostname || '*').length;
};

const valueOf = ({ match }: NamedMatch): string => (match._tag === 'Present' ? '*' : match.value);

const showMatch = (match: NamedMatch): string => `${match.name}-${valueOf(match)}`;

const totalLength = (matches: readonly NamedMatch[]): number => {
  let sum = 0;
  for (const one of matches)
    sum += one.name.length + (valueOf(one) || '*').length + (one.match._tag === 'Regex' ? 1 : 0);
  return sum;
};
