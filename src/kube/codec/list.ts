import * as t from 'io-ts';

/** A list, every entry of which the codec reads. */
export const list = <C extends t.Mixed>(entry: C, most = usualMost): List<C> =>
  new List(entry, 0, most);

/** A list with at least one entry. */
export const nonEmptyList = <C extends t.Mixed>(entry: C, most = usualMost): List<C> =>
  new List(entry, 1, most);

/** A list of any length, for kinds whose lists the API server bounds already, or nobody does. */
export const unboundedList = <C extends t.Mixed>(entry: C): List<C> =>
  new List(entry, 0, Number.POSITIVE_INFINITY);

/** More entries than anybody writes by hand; without a bound on lists, the cost has none either. */
const usualMost = 1000;

/** The codec of a list of bounded length. */
export class List<C extends t.Mixed> extends t.RefinementType<
  t.ReadonlyArrayC<C>,
  readonly t.TypeOf<C>[],
  readonly t.OutputOf<C>[],
  unknown
> {
  readonly least: number;
  readonly most: number;

  constructor(entry: C, least: number, most: number) {
    const entries = t.readonlyArray(entry, 'a list');
    const bounded = t.refinement(
      entries,
      ({ length }) => length >= least && length <= most,
      nameOf(least, most),
    );
    const { name, is, validate, encode, predicate } = bounded;
    super(name, is, validate, encode, entries, predicate);
    this.least = least;
    this.most = most;
  }
}

const nameOf = (least: number, most: number): string => {
  if (most === Number.POSITIVE_INFINITY) return 'a list';
  return least === 0
    ? `a list of at most ${most} entries`
    : `a list of ${least} to ${most} entries`;
};
