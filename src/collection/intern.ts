/**
 * A function that returns the same object again when it is given the same text again.
 *
 * It is for a pure function whose results are small and often equal: they then share memory and can
 * be compared by identity. When it knows too many texts, it forgets them all.
 */
export const interned = <T>(f: (text: string) => T, texts?: number): ((text: string) => T) => {
  const known = interning<T>(texts);
  return (text) => known(text, () => f(text));
};

/**
 * As `interned`, but each call says how the thing is made; the text alone must determine the thing.
 */
export const interning = <T>(texts = 4096): ((text: string, make: () => T) => T) => {
  const things = new Map<string, { readonly thing: T }>();
  return (text, make) => {
    const known = things.get(text);
    if (known !== undefined) return known.thing;
    const thing = make();
    if (things.size >= texts) things.clear();
    things.set(text, { thing });
    return thing;
  };
};
