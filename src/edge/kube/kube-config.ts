import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { KubeAccess } from './kube-access.ts';
import { kubeClient, type KubeClient } from './kube-client.ts';
import { readKubeconfig, type KubeConnection } from './kube-config-file.ts';
import { kubeCredentials } from './kube-credentials.ts';

/** Which cluster to talk to. */
export interface KubeOptions {
  /** The path of a kubeconfig file. */
  readonly kubeconfig?: string;
  /** A context in the kubeconfig, instead of its current one. */
  readonly context?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a Pod finds its service account. */
  readonly serviceAccount?: string;
}

/**
 * A client of the cluster that the options mean: the one this Pod runs in, unless a kubeconfig is
 * named; elsewhere what `kubectl` would take.
 */
export const openKube = async (options: KubeOptions): Promise<KubeClient> =>
  kubeClient(await kubeAccess(options));

/** The way to the cluster that the options mean. */
export const kubeAccess = async (options: KubeOptions): Promise<KubeAccess> => {
  const find = async (): Promise<KubeConnection> => await connectionOf(options);
  const { name, cluster, namespace } = await find();
  const proxyUrl = cluster['proxy-url'];
  if (proxyUrl !== undefined && !isProxy.test(proxyUrl))
    throw new Error(
      `proxy-url of ${name}: expected a URL with http, https or socks5, got ${proxyUrl.split(':')[0]}`,
    );
  return {
    server: cluster.server,
    description: `${cluster.server} (${name})`,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(namespace === undefined ? {} : { namespace }),
    credentials: kubeCredentials(name, find),
  };
};

const isProxy = /^(?:https?|socks5):\/\//;

const connectionOf = async ({
  kubeconfig,
  context,
  env,
  serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount',
}: KubeOptions): Promise<KubeConnection> => {
  if (kubeconfig !== undefined) return await readKubeconfig([kubeconfig], context);
  const listed = (env['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  const present = listed.filter((path) => existsSync(path));
  if (present.length > 0) return await readKubeconfig(present, context);
  if (listed.length > 0) throw new Error(`KUBECONFIG: there is no file ${listed.join(', ')}`);
  const host = env['KUBERNETES_SERVICE_HOST'];
  if (context === undefined && host !== undefined && existsSync(join(serviceAccount, 'token')))
    return ofThePod(host, env['KUBERNETES_SERVICE_PORT'] ?? '443', serviceAccount);
  const usual = join(env['HOME'] ?? '', '.kube', 'config');
  if (env['HOME'] !== undefined && existsSync(usual)) return await readKubeconfig([usual], context);
  throw new Error(
    `there is no cluster to read: this is no Pod, KUBECONFIG is not set, and there is no ${usual}; ` +
      'name one with --kubeconfig, or a folder with --config-dir',
  );
};

const ofThePod = (host: string, port: string, folder: string): KubeConnection => {
  const namespace = join(folder, 'namespace');
  return {
    name: 'the cluster of this Pod',
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': join(folder, 'ca.crt'),
    },
    user: { tokenFile: join(folder, 'token') },
    ...(existsSync(namespace) ? { namespace: readFileSync(namespace, 'utf8').trim() } : {}),
  };
};
