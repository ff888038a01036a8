import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import { maxRegexProgramSize } from '../ir/string-match.ts';
import type { Kind, ObjectOf } from '../kube/kind.ts';
import type { Budget } from '../problem/budget.ts';

/** What an object asks for. Total, and bounded by its size. */
export const askedFor = (ref: ObjectRef, object: ObjectOf<Kind>): Budget => {
  const sum = { bytes: ref.length, regex: 0 };
  weigh(object, sum);
  return { ...sum, objects: 1, routes: routesOf(refParts(ref)[0], object) };
};

interface Sum {
  bytes: number;
  regex: number;
}

/** Adds the texts of a value, and what it says of regular expressions. */
const weigh = (value: unknown, sum: Sum): void => {
  if (typeof value === 'string') sum.bytes += Buffer.byteLength(value);
  else if (typeof value !== 'object' || value === null) sum.bytes += 1;
  else if (Array.isArray(value)) for (const item of value) weigh(item, sum);
  else {
    const fields = value as Fields;
    for (const key in fields) {
      sum.bytes += key.length;
      weigh(fields[key], sum);
    }
    for (const pattern of patternsOf(fields)) sum.regex += stepsOf(pattern);
  }
};

type Fields = Readonly<Record<string, unknown>>;

/** The regular expressions that these fields are, in any language. */
const patternsOf = (fields: Fields): readonly string[] => {
  const { prefix_regex, prefix, host_regex, host, type, value } = fields;
  const { regex_headers, regex_query_parameters, regex_rewrite, regex_redirect } = fields;
  const found = [
    prefix_regex === true && prefix,
    host_regex === true && host,
    type === 'RegularExpression' && value,
    ...[regex_headers, regex_query_parameters].flatMap((all) => Object.values(all ?? {})),
    ...[regex_rewrite, regex_redirect].map((one) => Object(one).pattern),
  ];
  return found.filter((one) => typeof one === 'string');
};

/** How many steps a program may have, at most: what is repeated counts as often as it is. */
const stepsOf = (pattern: string): number => {
  let steps = pattern.length;
  for (const [, times = '1'] of pattern.matchAll(repetitions)) steps *= Math.max(1, Number(times));
  return Math.min(steps, maxRegexProgramSize);
};

const repetitions = /\{(?:[0-9]+,)?([0-9]+)\}/g;

const routesOf = (kind: string, object: ObjectOf<Kind>): number => {
  const { hostnames, rules } = ('spec' in object ? object.spec : {}) as Spec;
  switch (kind) {
    case 'Mapping':
    case 'TCPMapping':
      return 1;
    case 'HTTPRoute':
    case 'GRPCRoute':
      return lengthOf(hostnames) * total(rules, ({ matches }) => lengthOf(matches));
    case 'Ingress':
      return total(rules, ({ http }) => lengthOf(http?.paths));
    default:
      return 0;
  }
};

/** What the specs of all kinds with routes have of these. */
interface Spec {
  readonly hostnames?: readonly unknown[];
  readonly rules?: readonly Rule[];
}

interface Rule {
  readonly matches?: readonly unknown[];
  readonly http?: { readonly paths?: readonly unknown[] };
}

const lengthOf = (all: readonly unknown[] | undefined): number => Math.max(1, all?.length ?? 0);

const total = (rules: readonly Rule[] | undefined, count: (rule: Rule) => number): number =>
  (rules ?? []).reduce((sum, rule) => sum + count(rule), 0);
