import { keyParts, type ObjectKey } from '../../ir/object-ref.ts';
import { arrival } from '../../kube/arrival.ts';
import { kindTable } from '../../kube/kind.ts';
import type { Decoded } from '../../kube/kube-event.ts';
import type { SecretReading } from '../../kube/reference/referenced-objects.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath } from '../../kube/reflect/api-path.ts';
import { listPage } from '../../kube/reflect/list-page.ts';
import { messageOf } from '../message-of.ts';
import type { KubeClient } from './kube-client.ts';
import type { Selection } from './watch-api.ts';

/**
 * Reads single Secrets; every answer is a value.
 *
 * One that is not selected is absent, as it is from the watch: otherwise it would be served until the
 * next list does not have it.
 */
export const secretReader = (
  client: Pick<KubeClient, 'request'>,
  { namespace: only, labelSelector, fieldSelector }: Selection,
) => {
  const get = async (namespace: string, name: string): Promise<unknown> => {
    const path = apiPath(kindTable.Secret, namespace);
    const call = { method: 'GET', timeoutMs: 5000 } as const;
    if (labelSelector === undefined && fieldSelector === undefined)
      return await client.request({ ...call, path: `${path}/${encodeURIComponent(name)}` });
    const fields = [fieldSelector, `metadata.name=${name}`].filter(Boolean).join(',');
    const query = { fieldSelector: fields, ...(labelSelector && { labelSelector }) };
    return listPage(await client.request({ ...call, path, query })).items[0];
  };
  return async (key: ObjectKey): Promise<SecretReading> => {
    const [namespace, name] = keyParts(key);
    if (only !== undefined && namespace !== only) return { _tag: 'Absent', key };
    try {
      const raw = await get(namespace, name);
      const item = raw === undefined ? undefined : readSecret(raw).item;
      return item === undefined
        ? { _tag: 'Absent', key }
        : { _tag: 'Read', key, version: versionOf(raw), item: item as Decoded<'Secret'> };
    } catch (error) {
      if (error instanceof ApiFault && error.status === 404) return { _tag: 'Absent', key };
      return { _tag: 'Unreadable', key, reason: `cannot be read: ${messageOf(error)}` };
    }
  };
};

const readSecret = arrival('Secret');

/** Which version of an object this is; empty where it does not say. */
export const versionOf = (raw: unknown): string => {
  const { metadata } = (raw ?? {}) as {
    readonly metadata?: { readonly resourceVersion?: unknown };
  };
  const version = metadata?.resourceVersion;
  return typeof version === 'string' ? version : '';
};
