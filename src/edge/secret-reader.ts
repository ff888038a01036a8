import { keyParts, type ObjectKey } from '../ir/object-ref.ts';
import { apiPath } from '../kube/api-path.ts';
import { ApiFault } from '../kube/api-fault.ts';
import { arrival } from '../kube/arrival.ts';
import { kindTable } from '../kube/kind.ts';
import type { Decoded } from '../kube/kube-event.ts';
import type { SecretReading } from '../kube/wanted-secrets.ts';
import type { KubeClient } from './kube-client.ts';
import { messageOf } from './message-of.ts';

/** Reads single Secrets; every answer is a value. */
export const secretReader =
  (client: Pick<KubeClient, 'request'>) =>
  async (key: ObjectKey): Promise<SecretReading> => {
    const [namespace, name] = keyParts(key);
    try {
      const path = `${apiPath(kindTable.Secret, namespace)}/${encodeURIComponent(name)}`;
      const raw = await client.request({ method: 'GET', path, timeoutMs: 5000 });
      const { item } = readSecret(raw);
      return item === undefined
        ? { _tag: 'Absent', key }
        : { _tag: 'Read', key, version: versionOf(raw), item: item as Decoded<'Secret'> };
    } catch (error) {
      if (error instanceof ApiFault && error.status === 404) return { _tag: 'Absent', key };
      return { _tag: 'Unreadable', key, reason: `cannot be read: ${messageOf(error)}` };
    }
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
