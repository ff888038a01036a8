import type { Collection } from '../../../collection/collection.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { RouteKind } from '../listener/settled-listener.ts';
import { rulesFor, type CompiledObject } from './compiled-object.ts';
import { parentReports } from './parent-reports.ts';

/** What became of the routes of a kind; nothing is told of one whose parents are all others'. */
export const routeOutcomes = (
  kind: RouteKind,
  entries: Collection<ObjectKey, CompiledObject>,
): KindOutcomes<CompiledObject> => ({
  kind,
  entries,
  outcomeOf: (object) => ({
    inEffect: object.listeners.some(({ isServed }) => isServed),
    ...(object.parents.length > 0 && { report: { parents: parentReports(object) } }),
  }),
  parentsOf: ({ parents, compiled }) => [
    ...new Set(
      parents
        .filter(
          (one) =>
            one.rejection === undefined && rulesFor(compiled, one)?.rules.accepted === undefined,
        )
        .map(({ parent }) => parent),
    ),
  ],
});
