/** What text must be, in the words of OpenAPI. Lengths count code points, as API servers do. */
interface TextConstraint {
  readonly type: 'string';
  readonly maxLength?: number;
  /** It must mean the same in JavaScript and in RE2. */
  readonly pattern?: string;
  readonly not?: { readonly pattern: string };
  readonly enum?: readonly string[];
}

/** What a whole number must be, in the words of OpenAPI. */
interface IntegerConstraint {
  readonly type: 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly number[];
}

/** What a single value must be: said once, checked by its codec and by the API server. */
export type Constraint = TextConstraint | IntegerConstraint;

/** The check that a constraint asks for. */
export const meets = (constraint: Constraint): ((u: unknown) => boolean) =>
  constraint.type === 'string' ? textMeets(constraint) : integerMeets(constraint);

const textMeets = (constraint: TextConstraint): ((u: unknown) => boolean) => {
  const { maxLength = Number.POSITIVE_INFINITY } = constraint;
  const pattern = constraint.pattern === undefined ? undefined : new RegExp(constraint.pattern);
  const not = constraint.not === undefined ? undefined : new RegExp(constraint.not.pattern);
  const values = constraint.enum === undefined ? undefined : new Set(constraint.enum);
  return (u) =>
    typeof u === 'string' &&
    values?.has(u) !== false &&
    isAtMost(u, maxLength) &&
    pattern?.test(u) !== false &&
    not?.test(u) !== true;
};

const integerMeets = (constraint: IntegerConstraint): ((u: unknown) => boolean) => {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = constraint;
  const values = constraint.enum === undefined ? undefined : new Set(constraint.enum);
  return (u) =>
    typeof u === 'number' &&
    Number.isInteger(u) &&
    u >= minimum &&
    u <= maximum &&
    values?.has(u) !== false;
};

/** A string has no more code points than UTF-16 units, so most strings need no counting. */
const isAtMost = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && [...text].length <= most);
