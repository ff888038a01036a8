import type { NamedMatch } from '../../../ir/route.ts';
import { isCredential } from '../../../problem/credentials.ts';
import type { Pattern } from '../../../problem/regex-faults.ts';

/** A header or query parameter that is asked for. */
interface AskedValue {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

/** The values that are asked for, and the regular expressions among them. */
interface ValueMatches {
  readonly matches: readonly NamedMatch[];
  readonly patterns: readonly Pattern[];
}

/** The headers that are asked for. Of several with one name, in upper or lower case, the first counts. */
export const headerMatches = (asked: readonly AskedValue[], field: string): ValueMatches =>
  valueMatches(asked, field, (name) => name.toLowerCase());

/** The query parameters that are asked for. Of several with one name the first counts. */
export const queryMatches = (asked: readonly AskedValue[], field: string): ValueMatches =>
  valueMatches(asked, field, (name) => name);

const valueMatches = (
  asked: readonly AskedValue[],
  field: string,
  normal: (name: string) => string,
): ValueMatches => {
  if (asked.length === 0) return nothing;
  const first = new Map<string, number>();
  for (const [i, { name }] of asked.entries())
    if (!first.has(normal(name))) first.set(normal(name), i);
  const counted = asked.flatMap((one, i) =>
    first.get(normal(one.name)) === i ? [{ ...one, name: normal(one.name), i }] : [],
  );
  return {
    matches: counted.map(({ type, name, value }) => ({
      name,
      match: { _tag: type === 'Exact' ? 'Exact' : 'Regex', value },
    })),
    patterns: counted
      .filter(({ type }) => type === 'RegularExpression')
      .map(({ name, value, i }) => ({
        field: `${field}[${i}].value`,
        pattern: value,
        ...(isCredential(name) && { isSecret: true }),
      })),
  };
};

const nothing: ValueMatches = { matches: [], patterns: [] };
