import { map } from 'rxjs';

import { apiPath, type ApiResource } from '../kube/api-path.ts';
import { listPage } from '../kube/list-page.ts';
import { watchFrame } from '../kube/watch-frame.ts';
import type { WatchApi } from '../../streams/list-watch.ts';
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
  return {
    list: async ({ limit, continue: token }) =>
      listPage(
        await client.request({
          method: 'GET',
          path,
          query: {
            ...selectors,
            limit: String(limit),
            ...(token === undefined ? {} : { continue: token }),
          },
          accept: accept('PartialObjectMetadataList'),
        }),
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
          map((said) => (said._tag === 'Opened' ? { _tag: 'Opened' } : watchFrame(said.value))),
        ),
  };
};

/** A streaming list (Kubernetes API concepts, "Streaming lists"). */
const initialEvents = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };
