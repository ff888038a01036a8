import type { ExecutionContext } from 'ava';

import type { KubeClient } from '../../../src/edge/kube/kube-client.ts';
import { watchApi, type WatchedObjects } from '../../../src/edge/kube/watch-api.ts';
import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import {
  listWatch,
  type ListWatchOptions,
  type WatchApi,
} from '../../../streams/reflect/list-watch.ts';

/** What a list-watch of a real API server has said, and asked, so far. */
export interface Followed {
  readonly said: readonly Reflected<string>[];
  /** `objects`, `watch`, `page` or `latest`. */
  readonly calls: readonly string[];
  /** The objects that exist according to what was said, sorted. */
  readonly known: () => readonly string[];
  /** Waits until this holds for what was said and asked. */
  readonly until: (holds: (followed: Followed) => boolean) => Promise<void>;
  readonly stop: () => void;
}

/** Follows objects by name until the test ends. */
export const followObjects = (
  t: Pick<ExecutionContext, 'teardown'>,
  client: KubeClient,
  objects: WatchedObjects,
  options: Partial<ListWatchOptions<string>> = {},
): Followed => {
  const [said, calls]: [Reflected<string>[], string[]] = [[], []];
  const waiting = new Set<() => void>();
  const real = watchApi(client, objects);
  const noted = (call: string): void => {
    calls.push(call);
    for (const look of waiting) look();
  };
  const api: WatchApi = {
    list: (call) => {
      noted(call.limit === 1 ? 'latest' : 'page');
      return real.list(call);
    },
    watch: (call) => {
      noted(call.resourceVersion === undefined ? 'objects' : 'watch');
      return real.watch(call);
    },
  };
  const subscription = listWatch(api, {
    project: nameIn,
    random: Math.random,
    ...options,
  }).subscribe((one) => {
    said.push(one);
    for (const look of waiting) look();
  });
  const stop = (): void => subscription.unsubscribe();
  t.teardown(stop);
  const followed: Followed = {
    ...{ said, calls, stop },
    known: () => [...said.reduce(folded, new Set<string>())].toSorted(),
    until: async (holds) => {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (!holds(followed)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
  return followed;
};

const nameIn = (object: unknown): string =>
  (object as { metadata: { name: string } }).metadata.name;

const folded = (known: Set<string>, one: Reflected<string>): Set<string> => {
  if (one._tag === 'Synced') return new Set(one.items);
  if (one._tag === 'Upserted') known.add(one.item);
  if (one._tag === 'Removed') known.delete(one.item);
  return known;
};
