import type { TimestampProvider } from 'rxjs';

/** At most `most` in any `within` milliseconds. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

/** Remembers what was done lately, and nothing else. */
interface RecentWork<K> {
  /** How long to wait until the key may be worked on again, in milliseconds; 0 when it may be now. */
  readonly wait: (key: K) => number;
  readonly done: (key: K) => void;
}

/** Keeps only what was done within the time of the limit. */
export const recentWork = <K>({ most, within }: Limit, clock: TimestampProvider): RecentWork<K> => {
  const times = new Map<K, number[]>();
  const all: { readonly key: K; readonly at: number }[] = [];
  const forget = (): void => {
    const now = clock.now();
    for (let [oldest] = all; oldest !== undefined; [oldest] = all) {
      if (Math.abs(now - oldest.at) < within) return;
      all.shift();
      const left = times.get(oldest.key);
      left?.shift();
      if (left?.length === 0) times.delete(oldest.key);
    }
  };
  return {
    wait: (key) => {
      forget();
      const done = times.get(key) ?? [];
      const decisive = done[done.length - most];
      return decisive === undefined ? 0 : Math.max(1, decisive + within - clock.now());
    },
    done: (key) => {
      forget();
      const at = clock.now();
      const done = times.get(key);
      if (done === undefined) times.set(key, [at]);
      else done.push(at);
      all.push({ key, at });
    },
  };
};
