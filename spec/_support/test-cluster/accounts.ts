import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { ApiRequests } from './api-request.ts';
import { writeKubeconfig, type Kubeconfig } from './kubeconfig.ts';
import { serviceAccountToken, type ServiceAccount } from './service-account.ts';

/** Ways to authenticate as somebody other than the administrator. */
export interface Accounts {
  /** A kubeconfig file of a service account, which is made if it is not there. */
  readonly kubeconfigFor: (
    namespace: string,
    serviceAccount: string,
    server?: ApiServerAddress,
  ) => Promise<string>;
  /** A kubeconfig file that names the file with the token; the spec writes that file. */
  readonly kubeconfigWith: (tokenFile: string, server?: ApiServerAddress) => string;
  /** A token from TokenRequest; or one that is valid for so many seconds, however few. */
  readonly tokenFor: (
    namespace: string,
    serviceAccount: string,
    seconds?: number,
  ) => Promise<string>;
}

/** Where an API server is, or a proxy in front of it. */
export interface ApiServerAddress {
  readonly url: string;
  /** The certificate it shows, PEM. */
  readonly certificate: string;
}

/** What the accounts of a cluster are made with. */
export interface AccountsOptions {
  readonly server: ApiServerAddress;
  readonly folder: string;
  readonly request: ApiRequests['send'];
  /** The private key that signs tokens. */
  readonly key: string;
}

/** The service accounts of a cluster. */
export const accountsOf = ({ server, folder, request, key }: AccountsOptions): Accounts => {
  const write = (
    user: Kubeconfig['user'],
    { url, certificate }: ApiServerAddress = server,
    namespace?: string,
  ): string =>
    writeKubeconfig(join(folder, `${randomUUID()}.kubeconfig`), {
      ...{ url, certificate, user },
      ...(namespace !== undefined && { namespace }),
    });
  const account = async (namespace: string, name: string): Promise<ServiceAccount> => {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    const body = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
    const made = await request({ method: 'POST', path, body });
    const found = made.status === 409 ? await request({ path: `${path}/${name}` }) : made;
    if (found.status > 201) throw new Error(`no service account: ${JSON.stringify(found.body)}`);
    const { metadata } = found.body as { metadata: { uid: string } };
    return { namespace, name, uid: metadata.uid };
  };
  const tokenFor = async (namespace: string, name: string, seconds?: number): Promise<string> => {
    const found = await account(namespace, name);
    if (seconds !== undefined) return serviceAccountToken(found, seconds, key);
    const { status, body } = await request({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    if (status !== 201) throw new Error(`no token: ${JSON.stringify(body)}`);
    return (body as { status: { token: string } }).status.token;
  };
  return {
    tokenFor,
    kubeconfigFor: async (namespace, name, from) =>
      write({ token: await tokenFor(namespace, name) }, from, namespace),
    kubeconfigWith: (tokenFile, from) => write({ tokenFile }, from),
  };
};
