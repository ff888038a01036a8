/**
 * Work that can be interrupted and resumed: it pauses often enough for whoever runs it to do
 * something else every few milliseconds.
 */
export type Work<R> = Generator<void, R, void>;

/** Runs some work to its end without a pause. */
export const finish = <R>(work: Work<R>): R => {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
};

/** Makes a step without pauses from a step with pauses. */
export const atOnce =
  <A extends readonly unknown[], R>(step: (...args: A) => Work<R>) =>
  (...args: A): R =>
    finish(step(...args));

/** How many entries are worked out between two pauses. */
export const perPause = 64;

/** The result of `f` for each item, with a pause after every `few` items. */
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
