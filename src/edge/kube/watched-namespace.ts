import {
  concatMap,
  distinctUntilChanged,
  filter,
  from,
  interval,
  map,
  startWith,
  takeWhile,
  type Observable,
} from 'rxjs';

import { recordOf } from '../../kube/codec/record-of.ts';
import type { KubeEvent } from '../../kube/kube-event.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { nearest } from '../../problem/nearest.ts';
import type { KubeClient } from './kube-client.ts';

/**
 * Reports that a namespace which alone is read does not exist, until it does: all kinds can be listed in it as if
 * it were there and empty. A source.
 *
 *     asks      a--a--a--a
 *     answers   -n--n--f--y|     n = not there, f = no answer, y = there
 *     says      -x--------o|     x = a problem, o = none any more
 *
 * It ends when the namespace is there, or when it may not be looked at. It never fails.
 */
export const watchedNamespace = (
  client: Pick<KubeClient, 'request'>,
  namespace: string,
  again$: Observable<unknown> = interval(10_000),
): Observable<readonly KubeEvent[]> =>
  again$.pipe(
    startWith(undefined),
    concatMap(() => from(look(client, namespace))),
    filter((found) => found !== 'Unknown'),
    takeWhile((found) => found === 'Missing', true),
    distinctUntilChanged(),
    filter((found, index) => found === 'Missing' || index > 0),
    concatMap((found) =>
      from(found === 'Missing' ? advice(client, namespace) : Promise.resolve(undefined)),
    ),
    map((reason) => [
      {
        ...{ _tag: 'Reported', origin: `namespace ${namespace}` },
        problems:
          reason === undefined
            ? []
            : [{ _tag: 'UnreadableKind', kind: `namespace ${namespace}`, reason }],
      },
    ]),
  );

type Found = 'There' | 'Missing' | 'Unknown';

/** A load balancer can answer 404, too; the API server also says why. */
const look = async (client: Pick<KubeClient, 'request'>, namespace: string): Promise<Found> =>
  await client
    .request({ method: 'GET', path: `/api/v1/namespaces/${encodeURIComponent(namespace)}` })
    .then(
      () => 'There' as const,
      (error: unknown) => {
        if (!(error instanceof ApiFault)) return 'Unknown';
        if (error.status === 403) return 'There';
        return error.status === 404 && error.reason === 'NotFound' ? 'Missing' : 'Unknown';
      },
    );

const advice = async (client: Pick<KubeClient, 'request'>, namespace: string): Promise<string> => {
  const list = await client
    .request({ method: 'GET', path: '/api/v1/namespaces', query: { limit: '500' } })
    .catch(() => undefined);
  const { items } = recordOf(list);
  const names = (Array.isArray(items) ? items : []).flatMap((item) => {
    const { name } = recordOf(recordOf(item)['metadata']);
    return typeof name === 'string' ? [name] : [];
  });
  const meant = nearest(namespace, names);
  return `does not exist; nothing is read of it until it does${meant === undefined ? '' : `; did you mean ${meant}?`}`;
};
