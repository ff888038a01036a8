/**
 * A value that is made when it is first asked for, and kept.
 *
 * What made it is let go then, so that of a line of such values, each made from the one before it, only
 * the last is kept alive.
 */
export const lazily = <A>(make: () => A): (() => A) => {
  let state: { readonly make: () => A } | { readonly made: A } = { make };
  return () => {
    if ('make' in state) state = { made: state.make() };
    return state.made;
  };
};
