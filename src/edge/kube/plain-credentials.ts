import { readFile } from 'node:fs/promises';

import type { Credentials, KubeTls } from './kube-access.ts';
import type { KubeConnection } from './kube-config-file.ts';

/** Whether a kubeconfig holds the credentials itself, so that no plug-in has to be asked. */
export const isPlain = ({ user }: KubeConnection): boolean =>
  user['exec'] == null && user['auth-provider'] == null;

/** The credentials: a token, a password, a client certificate. Files are read each time. */
export const plainCredentials = async ({ cluster, user }: KubeConnection): Promise<Credentials> => {
  const [ca, cert, key, token] = await Promise.all([
    pem(cluster, 'certificate-authority'),
    pem(user, 'client-certificate'),
    pem(user, 'client-key'),
    user.tokenFile === undefined ? user.token : readFile(user.tokenFile, 'utf8'),
  ]);
  return {
    headers: authorization(token?.trim(), user['username'], user['password']),
    tls: {
      ...given('ca', ca),
      ...given('cert', cert),
      ...given('key', key),
      ...given('servername', text(cluster['tls-server-name'])),
      ...given('rejectUnauthorized', isUnverified(cluster) ? false : undefined),
    },
  };
};

/** Only a kubeconfig can ask for this. */
const isUnverified = (cluster: Readonly<Record<string, unknown>>): boolean =>
  cluster['insecure-skip-tls-verify'] === true;

const authorization = (
  token: string | undefined,
  username: unknown,
  password: unknown,
): Credentials['headers'] => {
  if (token !== undefined && token !== '') return { Authorization: `Bearer ${token}` };
  if (typeof username !== 'string' || username === '') return {};
  const basic = Buffer.from(`${username}:${text(password) ?? ''}`).toString('base64');
  return { Authorization: `Basic ${basic}` };
};

/** Base64 data in the kubeconfig take precedence over a file. */
const pem = async (
  entry: Readonly<Record<string, unknown>>,
  name: string,
): Promise<string | undefined> => {
  const data = text(entry[`${name}-data`]);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const path = text(entry[name]);
  return path === undefined ? undefined : await readFile(path, 'utf8');
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const given = <N extends keyof KubeTls>(name: N, value: KubeTls[N] | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Pick<KubeTls, N> | Record<never, never>;
