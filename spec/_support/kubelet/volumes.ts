import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { V1Pod, V1Volume } from '@kubernetes/client-node';

import type { ApiRequests } from '../test-cluster/api-request.ts';

/** Where the files of volumes come from and go to. */
export interface VolumeOptions {
  readonly request: ApiRequests['send'];
  /** A folder for this Pod alone. */
  readonly folder: string;
  /** Whether the Pod is not wanted any more: nobody waits for its Secrets then. */
  readonly isOver: () => boolean;
}

/**
 * Writes the volumes of a Pod that are from Secrets and ConfigMaps, one folder for each, and waits
 * for those that do not exist yet.
 *
 * It gives the folder of each volume by its name.
 */
export const writeVolumes = async (
  pod: V1Pod,
  { request, folder, isOver }: VolumeOptions,
): Promise<Readonly<Record<string, string>>> => {
  const folders: Record<string, string> = {};
  for (const volume of pod.spec?.volumes ?? []) {
    const source = sourceOf(volume);
    if (source === undefined) continue;
    const path = `/api/v1/namespaces/${pod.metadata?.namespace}/${source.resource}/${source.name}`;
    let found = await request({ path });
    while (found.status !== 200) {
      if (isOver()) return folders;
      await setTimeout(200);
      found = await request({ path });
    }
    const target = (folders[volume.name] = join(folder, volume.name));
    const { data = {} } = found.body as { readonly data?: Readonly<Record<string, string>> };
    const items = source.items ?? Object.keys(data).map((key) => ({ key, path: key }));
    for (const item of items) {
      const file = join(target, item.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, Buffer.from(data[item.key] ?? '', source.encoding), { mode: 0o600 });
    }
  }
  return folders;
};

const sourceOf = ({ secret, configMap }: V1Volume) => {
  if (secret?.secretName !== undefined)
    return {
      ...{ resource: 'secrets', name: secret.secretName, encoding: 'base64' as const },
      items: secret.items,
    };
  if (configMap?.name !== undefined)
    return {
      ...{ resource: 'configmaps', name: configMap.name, encoding: 'utf8' as const },
      items: configMap.items,
    };
  return undefined;
};
