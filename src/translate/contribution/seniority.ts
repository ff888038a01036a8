import type { ObjectRef } from '../../ir/object-ref.ts';

/** Something with an age. */
export interface Aged {
  /** When an API server created it, as a text whose order is that of time; absent if none did. */
  readonly created?: string;
}

/** An object that wants what only one can have. */
export interface Claimant extends Aged {
  readonly ref: ObjectRef;
}

/** Orders by age, the oldest first. What no API server created comes last. */
export const byAge = (a: Aged, b: Aged): number => byText(a.created ?? never, b.created ?? never);

/**
 * The order in which objects have what they want (decision 29): the oldest first, and of those created
 * in one second the one whose name is first.
 */
export const bySeniority = (a: Claimant, b: Claimant): number =>
  byAge(a, b) || byText(a.ref, b.ref);

/** Why the first of two objects has it, as the end of a sentence about it. */
export const seniority = (first: Aged, second: Aged): string =>
  byAge(first, second) === 0 ? 'comes first by name' : `is older (created ${first.created})`;

/** Later than every time. */
const never = '~';

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
