import type { NamedMatch } from '../../../ir/route.ts';
import type { Rule } from '../mapping/compiled-mapping.ts';

/** Orders rules as their routes are tried; of equals the lesser key comes first. */
export const byPriority = (a: Rule, b: Rule): number =>
  byConditions(a, b) ||
  byText(a.method, b.method) ||
  byRank(rankOf(a), rankOf(b)) ||
  (a.key < b.key ? -1 : Number(a.key > b.key));

/**
 * The rules of each group. A group is the rules with equal conditions: a main one, its canaries, a
 * shadow. Its name is worked out only where neighbours rank the same, since no others can share it.
 */
export const groupsOf = (sorted: readonly Rule[]): readonly (readonly Rule[])[] => {
  const groups: (readonly Rule[])[] = [];
  let start = 0;
  for (const [i, rule] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next !== undefined && byConditions(rule, next) === 0) continue;
    const alike = sorted.slice(start, i + 1);
    if (alike.length === 1) groups.push(alike);
    else groups.push(...Map.groupBy(alike, groupName).values());
    start = i + 1;
  }
  return groups;
};

const groupName = ({ hostname, hostRegex, match, precedence }: Rule): string =>
  JSON.stringify([hostname, hostRegex, match, precedence]);

/**
 * Where a rule stands among others: by its precedence, then by the length of the path, of the headers
 * and of the query parameters, then by the text of the path. What is greater is tried first.
 */
const byConditions = (a: Rule, b: Rule): number =>
  b.precedence - a.precedence ||
  b.match.path.value.length - a.match.path.value.length ||
  headersLength(b) - headersLength(a) ||
  totalLength(b.match.queryParameters) - totalLength(a.match.queryParameters) ||
  byText(a.match.path.value, b.match.path.value);

const byText = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** The texts by which equals are ordered. */
export type Rank = readonly (number | string)[];

/** Orders ranks from the one tried first to the one tried last. */
export const byRank = (a: Rank, b: Rank): number => {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined) return -1;
    if (left !== right) return left > right ? -1 : 1;
  }
  return b.length > a.length ? 1 : 0;
};

const rankOf = (rule: Rule): Rank => {
  const { headers, queryParameters } = rule.match;
  const shown = [...authority(rule), ...headers].map(showMatch).sort();
  return shown.concat(queryParameters.map(showMatch).sort());
};

const authority = ({ hostname, hostRegex }: Rule): readonly NamedMatch[] => {
  if (hostRegex !== undefined)
    return [{ name: ':authority', match: { _tag: 'Regex', value: hostRegex } }];
  return hostname === undefined || hostname === '*'
    ? []
    : [{ name: ':authority', match: { _tag: 'Exact', value: hostname } }];
};

/** Counts the `:authority` too, which is a header; builds no list, since every comparison asks. */
const headersLength = ({ hostname, hostRegex, match }: Rule): number => {
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
