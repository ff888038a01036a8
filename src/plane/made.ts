import { spending, type Spend } from '../budget/spending.ts';
import { finish, type Work } from '../collection/work.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { TranslateOptions } from '../translate/translate-options.ts';
import {
  followsFrom as translationFollowsFrom,
  translateWork,
  type Translation,
} from '../translate/translate.ts';
import {
  followsFrom as snapshotFollowsFrom,
  snapshotWork,
  type SnapshotGraph,
} from '../xds/make-snapshot.ts';

/** The translation of a store, and its resources for Envoy. */
export interface Made {
  readonly translation: Translation;
  readonly graph: SnapshotGraph;
}

/** What is made of a store, by change. */
export interface Make {
  /** Keeps namespaces within their budgets. */
  readonly spend: Spend;
  /** Translates and encodes a store. */
  readonly made: (before: Made | undefined, store: SyncedStore) => Work<Made>;
}

/** `Make` with the options of one installation. */
export const making = (options: TranslateOptions): Make => {
  const translated = translateWork(options);
  return {
    spend: spending(options.budget),
    *made(before, store) {
      const translation = yield* translated(before?.translation, store);
      const graph = yield* snapshotWork(before?.graph, translation.ir);
      return { translation, graph };
    },
  };
};

/**
 * As `make` without pauses, but by change from what was worked out ahead, if there is any.
 *
 * The result counts only if it is the one that follows directly from `before`: layouts depend on former
 * layouts, and others may have been published since the work ahead began. Otherwise it is made again, from
 * `before`.
 */
export const makeAfter = (
  make: Make,
  before: Made | undefined,
  ahead: Made | undefined,
  store: SyncedStore,
): Made => {
  const made = finish(make.made(ahead ?? before, store));
  return ahead === undefined || follows(before, made) ? made : finish(make.made(before, store));
};

const follows = (before: Made | undefined, { translation, graph }: Made): boolean =>
  snapshotFollowsFrom(before?.graph, graph) &&
  translationFollowsFrom(before?.translation, translation);
