/** A share of all requests: `numerator` of `denominator`. */
export interface Fraction {
  readonly numerator: number;
  /** Greater than zero. */
  readonly denominator: number;
}

/** A share in percent. */
export const percent = (numerator: number): Fraction => ({ numerator, denominator: 100 });
