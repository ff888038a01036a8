import { keyParts } from '../../ir/object-ref.ts';
import { arrival } from '../../kube/arrival.ts';
import { kindTable, type Kind } from '../../kube/kind.ts';
import { referenceParts, type Reference } from '../../kube/reference/reference.ts';
import type { Reading } from '../../kube/reference/referenced-objects.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath } from '../../kube/reflect/api-path.ts';
import { listPage } from '../../kube/reflect/list-page.ts';
import { messageOf } from '../message-of.ts';
import type { KubeClient } from './kube-client.ts';
import type { Selection } from './watch-api.ts';

/**
 * Reads single objects; a failure is a value too.
 *
 * An object that the selectors do not choose counts as absent, as it does in the watch: otherwise
 * it would be served until the next list, which does not have it.
 */
export const objectReader = (
  client: Pick<KubeClient, 'request'>,
  selectionOf: (kind: Kind) => Selection,
) => {
  const get = async (kind: Kind, namespace: string, name: string): Promise<unknown> => {
    const { labelSelector, fieldSelector } = selectionOf(kind);
    const path = apiPath(kindTable[kind], namespace);
    const call = { method: 'GET', timeoutMs: 5000 } as const;
    if (labelSelector === undefined && fieldSelector === undefined)
      return await client.request({ ...call, path: `${path}/${encodeURIComponent(name)}` });
    const fields = [fieldSelector, `metadata.name=${name}`].filter(Boolean).join(',');
    const query = { fieldSelector: fields, ...(labelSelector && { labelSelector }) };
    return listPage(await client.request({ ...call, path, query })).items[0];
  };
  return async (object: Reference): Promise<Reading> => {
    const [kind, key] = referenceParts(object);
    const [namespace, name] = keyParts(key);
    const { namespace: only } = selectionOf(kind);
    const isElsewhere = only !== undefined && namespace !== only;
    if (isElsewhere || [namespace, name].some(isStep)) return { _tag: 'Absent', object };
    try {
      const raw = await get(kind, namespace, name);
      const item = raw === undefined ? undefined : arrival(kind)(raw).item;
      return item === undefined
        ? { _tag: 'Absent', object }
        : { _tag: 'Read', object, version: versionOf(raw), item };
    } catch (error) {
      if (error instanceof ApiFault && error.status === 404) return { _tag: 'Absent', object };
      return { _tag: 'Unreadable', object, reason: `cannot be read: ${messageOf(error)}` };
    }
  };
};

/** No object is called so: in a path it is another place, and a server would answer about that. */
const isStep = (name: string): boolean => name === '.' || name === '..';

/** Which version of an object this is; empty where it does not say. */
export const versionOf = (raw: unknown): string => {
  const { metadata } = (raw ?? {}) as {
    readonly metadata?: { readonly resourceVersion?: unknown };
  };
  const version = metadata?.resourceVersion;
  return typeof version === 'string' ? version : '';
};
