import { defer, filter, map, type OperatorFunction } from 'rxjs';

import type { Observed } from '../../src/kube/reflect/observed.ts';
import type { WatchFrame } from '../../src/kube/reflect/watch-frame.ts';

/** What a watch begins with: all objects, or nothing but what changes. */
type Beginning = 'Objects' | 'Changes';

/**
 * Reads a watch.
 *
 *     frames      -a-b-B-c---b|     B = the bookmark that ends the initial events
 *     Objects     -----L-c---b|     L = Listed with a and b
 *     Changes     -a-b-b-c---b|     b = Bookmarked
 *
 * Each object is projected as it comes. Changes between the initial events become part of the list;
 * without the end mark nothing of the list is emitted. Completion and errors pass at once.
 */
export const readWatch =
  <A>(
    beginning: Beginning,
    project: (object: unknown) => A,
  ): OperatorFunction<WatchFrame, Observed<A>> =>
  (frames$) =>
    defer(() => {
      let initial = beginning === 'Objects' ? new Map<string, A>() : undefined;
      const gathered = (frame: WatchFrame): Observed<A> | undefined => {
        if (initial === undefined) return observed(frame, project);
        if (frame._tag === 'Changed') {
          if (frame.how === 'Removed') initial.delete(frame.key);
          else initial.set(frame.key, project(frame.object));
          return undefined;
        }
        if (frame._tag !== 'Bookmark') return observed(frame, project);
        if (!frame.endsList) return undefined;
        const items = [...initial.values()];
        initial = undefined;
        return { _tag: 'Listed', items, resourceVersion: frame.resourceVersion };
      };
      return frames$.pipe(
        map(gathered),
        filter((said) => said !== undefined),
      );
    });

const observed = <A>(frame: WatchFrame, project: (object: unknown) => A): Observed<A> => {
  switch (frame._tag) {
    case 'Changed': {
      const { how, object, resourceVersion } = frame;
      return { _tag: how, item: project(object), resourceVersion };
    }
    case 'Bookmark':
      return { _tag: 'Bookmarked', resourceVersion: frame.resourceVersion };
    case 'Opened':
    case 'Broken':
    case 'Silent':
      return frame;
  }
};
