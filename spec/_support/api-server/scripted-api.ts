import { defer, map, type Observable } from 'rxjs';

import type { ListPage } from '../../../src/kube/reflect/list-page.ts';
import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import type { WatchFrame } from '../../../src/kube/reflect/watch-frame.ts';
import {
  listWatch,
  type ListWatchOptions,
  type WatchApi,
} from '../../../streams/reflect/list-watch.ts';

/**
 * The calls that are expected, in order, and the answers.
 *
 * `objects` is a streaming list, `watch 5` a watch from version 5, `page` and `page TOKEN` are list
 * calls, `latest` is the smallest list.
 */
export type Script = readonly (readonly [call: string, answer: Observable<unknown>])[];

/** An API server that answers by the script; a call that is not in it is an error. */
export const scriptedApi = (script: Script): WatchApi => {
  const rest = [...script];
  const answer = <A extends ListPage | WatchFrame>(call: string): Observable<A> =>
    defer(() => {
      const [expected, answer$] = rest.shift() ?? ['no call', undefined];
      if (answer$ === undefined || call !== expected)
        throw new Error(`expected ${expected}, got ${call}`);
      return answer$ as Observable<A>;
    });
  return {
    list: ({ limit, continue: token }) =>
      answer(limit === 1 ? 'latest' : token === undefined ? 'page' : `page ${token}`),
    watch: ({ resourceVersion }) =>
      answer(resourceVersion === undefined ? 'objects' : `watch ${resourceVersion}`),
  };
};

/** Follows a scripted API; random numbers are always 0.5, and everything said is one word. */
export const followed = (
  script: Script,
  options: Partial<ListWatchOptions<string>> = {},
): Observable<string> =>
  listWatch(scriptedApi(script), { project: nameOf, random: () => 0.5, ...options }).pipe(
    map(word),
  );

/** The name of an object, all that these specs keep of it. */
export const nameOf = (object: unknown): string => (object as { name: string }).name;

const word = (said: Reflected<string>): string => {
  switch (said._tag) {
    case 'Synced':
      return `all: ${said.items.join(' ')}`;
    case 'Upserted':
      return `+${said.item}`;
    case 'Removed':
      return `-${said.item}`;
    case 'Interrupted':
      return `${said.cause}: ${said.message}`;
    case 'Restored':
      return 'Restored';
  }
};

/** The server accepts a watch. */
export const opened: WatchFrame = { _tag: 'Opened' };

/** An object is there, at this version. */
export const there = (name: string, resourceVersion: number): WatchFrame => ({
  _tag: 'Changed',
  how: 'Upserted',
  key: `/${name}`,
  object: { name },
  resourceVersion: String(resourceVersion),
});

/** An object is gone, at this version. */
export const gone = (name: string, resourceVersion: number): WatchFrame => ({
  ...there(name, resourceVersion),
  ...{ how: 'Removed' },
});

/** A bookmark; `endsList` if it ends the initial events. */
export const bookmark = (resourceVersion: number, endsList = false): WatchFrame => ({
  _tag: 'Bookmark',
  resourceVersion: String(resourceVersion),
  endsList,
});

/** A page of a list, with the token of the next one. */
export const page = (
  resourceVersion: number,
  names: readonly string[],
  token?: string,
): ListPage => ({
  items: names.map((name) => ({ name })),
  resourceVersion: String(resourceVersion),
  ...(token === undefined ? {} : { continue: token }),
});
