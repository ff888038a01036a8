/**
 * Work that can be left and taken up again: it pauses often enough for whoever does it to look at
 * something else within a few milliseconds.
 */
export type Work<R> = Generator<void, R, void>;

/** All of some work, without a pause. */
export const finish = <R>(work: Work<R>): R => {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
};

/** A step that makes no pauses, from one that does. */
export const atOnce =
  <A extends readonly unknown[], R>(step: (...args: A) => Work<R>) =>
  (...args: A): R =>
    finish(step(...args));

/** How many entries are worked out between two pauses. */
export const perPause = 64;

/** What `f` makes of each item, with a pause after every few. */
export function* workEach<A, B>(
  items: Iterable<A>,
  f: (item: A) => B,
  few: number = perPause,
): Work<B[]> {
  const results: B[] = [];
  for (const item of items) {
    results.push(f(item));
    if (results.length % few === 0) yield;
  }
  return results;
}
