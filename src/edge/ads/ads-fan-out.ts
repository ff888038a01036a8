import { Observable, type Subscription } from 'rxjs';

/** Passes the latest value of a source to many subscribers, a few at a time. */
interface FanOut<A> {
  /** For each subscriber: the latest value, at once and whenever its turn comes. */
  readonly latest$: Observable<A>;
  readonly latest: () => A | undefined;
  /** Unsubscribes from the source. */
  readonly close: () => void;
}

/**
 * Passes the values of a source to many subscribers in slices; between slices the event loop is
 * free.
 *
 * To tell a thousand Envoys of a change takes some ten milliseconds; meanwhile the first of them
 * can answer, and so can health checks. The first slice begins at once, so a single Envoy waits for
 * nothing. A subscriber that has not had its turn when the next value comes gets only that one.
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
