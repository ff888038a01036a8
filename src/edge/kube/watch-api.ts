import { catchError, from, map } from 'rxjs';

import type { WatchApi } from '../../../streams/reflect/list-watch.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath, type ApiResource } from '../../kube/reflect/api-path.ts';
import { listPage } from '../../kube/reflect/list-page.ts';
import { watchFrame } from '../../kube/reflect/watch-frame.ts';
import type { KubeClient } from './kube-client.ts';

/** Which objects of a kind are read. */
export interface Selection {
  /** All namespaces if absent. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Which objects are read, and how much of them. */
export interface WatchedObjects extends ApiResource, Selection {
  /** Only the metadata of each object is read. */
  readonly metadataOnly?: boolean;
}

/** Lists and watches these objects through a client. */
export const watchApi = (
  client: Pick<KubeClient, 'request' | 'stream'>,
  { namespace, labelSelector, fieldSelector, metadataOnly = false, ...resource }: WatchedObjects,
): WatchApi => {
  const path = apiPath(resource, namespace);
  const selectors = {
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
  const accept = (kind: 'PartialObjectMetadata' | 'PartialObjectMetadataList'): string =>
    metadataOnly ? `application/json;as=${kind};g=meta.k8s.io;v=v1` : 'application/json';
  const judged = async (error: unknown): Promise<never> => {
    throw withSelectors(await believed(client, error), selectors);
  };
  return {
    list: async ({ limit, continue: token }) =>
      listPage(
        await client
          .request({
            method: 'GET',
            path,
            query: {
              ...selectors,
              limit: String(limit),
              ...(token === undefined ? {} : { continue: token }),
            },
            accept: accept('PartialObjectMetadataList'),
          })
          .catch(judged),
      ),
    watch: ({ resourceVersion, timeoutSeconds }) =>
      client
        .stream({
          method: 'GET',
          path,
          query: {
            ...selectors,
            ...(resourceVersion === undefined ? initialEvents : { resourceVersion }),
            watch: 'true',
            allowWatchBookmarks: 'true',
            timeoutSeconds: String(timeoutSeconds),
          },
          accept: accept('PartialObjectMetadata'),
        })
        .pipe(
          catchError((error: unknown) => from(judged(error))),
          map((said) => (said._tag === 'Opened' ? { _tag: 'Opened' } : watchFrame(said.value))),
        ),
  };
};

/** A streaming list (Kubernetes API concepts, "Streaming lists"). */
const initialEvents = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };

/**
 * A load balancer that has lost its API server may answer 404 to everything. So a 404 is believed
 * only if the server also tells its own version, which every API server does.
 */
const believed = async (client: Pick<KubeClient, 'request'>, error: unknown): Promise<unknown> => {
  if (!(error instanceof ApiFault) || error.status !== 404) return error;
  const version = await client
    .request({ method: 'GET', path: '/version', timeoutMs: 5000 })
    .catch(() => undefined);
  return (version as { readonly gitVersion?: unknown } | undefined)?.gitVersion === undefined
    ? new ApiFault(`${error.message} (and /version is not answered as by an API server)`)
    : error;
};

/** Which fields can be selected by knows the API server alone; it does not know by which option we were told. */
const withSelectors = (
  error: unknown,
  { labelSelector, fieldSelector }: Pick<Selection, 'labelSelector' | 'fieldSelector'>,
): unknown => {
  if (!(error instanceof ApiFault) || error.status !== 400) return error;
  const asked = [
    ...(labelSelector === undefined ? [] : [`--label-selector ${labelSelector}`]),
    ...(fieldSelector === undefined ? [] : [`--field-selector ${fieldSelector}`]),
  ];
  return asked.length === 0
    ? error
    : new ApiFault(`${error.message} (asked with ${asked.join(' ')})`, error);
};
