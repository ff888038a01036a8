import { entries } from '../collection/collection.ts';
import { atOnce } from '../collection/work.ts';
import { usersOf } from '../ir/cluster-users.ts';
import type { Problem } from '../problem/problem.ts';
import { serviceFaults } from '../status/backends/service-faults.ts';
import type { Translation } from '../translate/translate.ts';

/**
 * The objects that send requests to a Service of which no endpoint is ready. Nothing is said without any
 * EndpointSlice: manifests mostly have none, because clusters make them.
 */
export const backendProblems = (
  translation: Translation,
  namespace: string,
): readonly Problem[] => {
  const { store } = translation.states;
  if (store.objects.EndpointSlice.size === 0) return [];
  const { output } = atOnce(serviceFaults(namespace))(undefined, { store, translation });
  return [...entries(output)].flatMap(([cluster, { message }]) =>
    usersOf(translation.ir.clusterUsers, cluster).map((object) => ({
      ...({ _tag: 'LeftOut', object, field: '' } as const),
      reason: `no back end can serve: ${message}`,
    })),
  );
};
