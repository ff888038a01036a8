import { Observable, type Subscription } from 'rxjs';

/** Hands the same thing to many, a few at a time. */
interface FanOut<A> {
  /** For each of them: what is the latest, at once and whenever its turn comes. */
  readonly latest$: Observable<A>;
  readonly latest: () => A | undefined;
  /** Lets go of the source. */
  readonly close: () => void;
}

/**
 * Hands what a source gives to many subscribers in slices, between which others have the event loop.
 *
 * A thousand Envoys take some ten milliseconds to be told of a change; meanwhile the first of them
 * answer, and health checks too. The first slice begins at once, so a single Envoy waits for nothing.
 * Who has not had its turn when the next one comes is given that one only.
 */
export const fanOut = <A>(source$: Observable<A>, sliceMs = 4): FanOut<A> => {
  const subscribers = new Set<(latest: A) => void>();
  const waiting = new Set<(latest: A) => void>();
  let latest: { readonly value: A } | undefined;
  let source: Subscription | undefined;
  let next: NodeJS.Immediate | undefined;

  const slice = (): void => {
    next = undefined;
    const end = performance.now() + sliceMs;
    for (const subscriber of waiting) {
      waiting.delete(subscriber);
      if (latest !== undefined) subscriber(latest.value);
      if (performance.now() > end) break;
    }
    if (waiting.size > 0) next ??= setImmediate(slice);
  };
  const take = (value: A): void => {
    latest = { value };
    for (const subscriber of subscribers) waiting.add(subscriber);
    if (next === undefined) slice();
  };
  return {
    latest: () => latest?.value,
    latest$: new Observable((observer) => {
      source ??= source$.subscribe(take);
      const subscriber = (value: A): void => observer.next(value);
      subscribers.add(subscriber);
      if (latest !== undefined) subscriber(latest.value);
      return () => {
        subscribers.delete(subscriber);
        waiting.delete(subscriber);
      };
    }),
    close: () => {
      source?.unsubscribe();
      clearImmediate(next);
      waiting.clear();
    },
  };
};
