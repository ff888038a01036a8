import type { ExecutionContext } from 'ava';

import type { KubeClient } from '../../../src/edge/kube/kube-client.ts';
import { openKube } from '../../../src/edge/kube/kube-config.ts';
import type { WatchedObjects } from '../../../src/edge/kube/watch-api.ts';
import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import type { Followed } from './followed-objects.ts';

/** A client by a kubeconfig file, until the test ends. */
export const connected = async (
  t: Pick<ExecutionContext, 'teardown'>,
  kubeconfig: string,
): Promise<KubeClient> => {
  const client = await openKube({ kubeconfig, env: {} });
  t.teardown(client.close);
  return client;
};

/** The ConfigMaps of a namespace: small objects that every API server has. */
export const settings = (namespace: string): WatchedObjects => ({
  apiVersion: 'v1',
  plural: 'configmaps',
  scope: 'Namespaced',
  namespace,
});

/** Creates ConfigMaps of these names. */
export const create = async (
  client: KubeClient,
  namespace: string,
  ...names: readonly string[]
): Promise<void> => {
  for (const name of names) {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { hi: 'grüß' } };
    await client.request({ method: 'POST', path: pathIn(namespace), body });
  }
};

/** Deletes a ConfigMap. */
export const remove = async (
  client: KubeClient,
  namespace: string,
  name: string,
): Promise<void> => {
  await client.request({ method: 'DELETE', path: `${pathIn(namespace)}/${name}` });
};

const pathIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/configmaps`;

/** What kinds of things were said. */
export const tags = ({ said }: Followed): readonly Reflected<string>['_tag'][] =>
  said.map(({ _tag }) => _tag);
