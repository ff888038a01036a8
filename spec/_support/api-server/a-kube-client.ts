import { readFileSync } from 'node:fs';

import type { ExecutionContext } from 'ava';

import { kubeClient, type KubeClient } from '../../../src/edge/kube/kube-client.ts';

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly [{ readonly user: { readonly token?: string } }];
}

/** A client for a kubeconfig file of a test cluster, which ends with the test. */
export const aKubeClient = (
  t: Pick<ExecutionContext, 'teardown'>,
  kubeconfig: string,
): KubeClient => {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const [{ cluster }] = clusters;
  const credentials = {
    headers: { authorization: `Bearer ${users[0].user.token}` },
    tls: { ca: Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64').toString() },
  };
  const client = kubeClient({
    server: cluster['server'] ?? '',
    description: 'the test cluster',
    credentials: async () => await Promise.resolve(credentials),
  });
  t.teardown(client.close);
  return client;
};
