/**
 * A function that gives the very same thing again for a text it knows.
 *
 * It is for a pure function whose results are small and often equal, so that they share memory and
 * are compared by identity. It forgets all texts when there are too many of them.
 */
export const interned = <T>(f: (text: string) => T, texts?: number): ((text: string) => T) => {
  const known = interning<T>(texts);
  return (text) => known(text, () => f(text));
};

/** The same where the text only names what a thing is made from; nothing else may matter to it. */
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
