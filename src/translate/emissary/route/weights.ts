import { percent, type Fraction } from '../../../ir/fraction.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Problem } from '../../../problem/problem.ts';
import { writtenField } from '../ingress/ingress-part.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';

/** A Mapping and the threshold of its share; a request takes the first one above its random number. */
interface Share {
  readonly mapping: CompiledMapping;
  /** What this Mapping and those before it take of the requests; absent: all that come. */
  readonly fraction?: Fraction;
}

/** A member of a group that may have a weight. */
interface Weighted {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  readonly weight?: number | undefined;
}

/** The members with their parts of a whole; those that have none are left out. */
interface Parts<M> {
  readonly parts: readonly { readonly member: M; readonly part: number }[];
  readonly whole: number;
  readonly problems: readonly Problem[];
}

/**
 * Shares something among the members of a group.
 *
 * A single member takes all. Weighted members take their weight in percent, those without a weight
 * share the rest equally. If nobody takes the rest, or the weights exceed 100, they count as
 * proportions, with a problem; in Emissary, the rest falls through to a less specific Mapping.
 */
export const partsOf = <M extends Weighted>(members: readonly M[]): Parts<M> => {
  const [only, ...others] = members;
  if (only === undefined || others.length === 0)
    return { parts: members.map((member) => ({ member, part: 1 })), whole: 1, problems: [] };
  const weighted = members.filter(({ weight }) => weight !== undefined);
  const weightless = members.filter(({ weight }) => weight === undefined);
  const sum = weighted.reduce((total, { weight = 0 }) => total + weight, 0);
  const proportional = sum > 100 || (weightless.length === 0 && sum < 100);
  const whole = proportional ? sum : 100;
  const rest = Math.max(0, whole - sum) / (weightless.length || 1);
  return {
    parts: [
      ...weighted.map((member) => ({ member, part: member.weight ?? 0 })),
      ...weightless.map((member) => ({ member, part: rest })),
    ].filter(({ part }) => part > 0),
    whole,
    problems: proportional ? members.map((member) => wrongSum(member, sum)) : [],
  };
};

/** Shares the requests of a group among its members. */
export const shares = (
  members: readonly CompiledMapping[],
): { readonly shared: readonly Share[]; readonly problems: readonly Problem[] } => {
  const { parts, whole, problems } = partsOf(members);
  return { shared: thresholds(parts, whole), problems };
};

/** Cumulative and rounded; the last one takes all that is left. */
const thresholds = (parts: Parts<CompiledMapping>['parts'], whole: number): readonly Share[] => {
  let taken = 0;
  return parts.map(({ member: mapping, part }, i) => {
    taken += part;
    return i === parts.length - 1
      ? { mapping }
      : { mapping, fraction: percent(Math.round((taken * 100) / whole)) };
  });
};

const wrongSum = ({ key, ref, weight }: Weighted, sum: number): Problem => ({
  _tag: 'InvalidField',
  object: ref,
  field: writtenField(key, 'spec.weight'),
  expected: 'weights that sum to 100, or a Mapping without weight for the rest',
  got: `${weight ?? 'no weight'} in a sum of ${sum}; read as proportions`,
});
