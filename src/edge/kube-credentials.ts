import type { RequestOptions } from 'node:https';

import type { KubeConfig } from '@kubernetes/client-node';

import { ApiFault } from '../kube/api-fault.ts';
import type { Credentials, KubeAccess } from './kube-access.ts';
import type { KubeConnection } from './kube-config-file.ts';
import { messageOf } from './message-of.ts';

/**
 * What lets a user in: a token, one in a file, client certificates, a password, or what a plug-in
 * gives.
 *
 * Files are read again, a plug-in's answer when it has expired, a token file after a minute. What the
 * server refused is forgotten: `find` reads the configuration anew, and a plug-in is run again. Many
 * that ask at once are answered together, so that a plug-in runs once.
 */
export const kubeCredentials = (
  name: string,
  find: () => Promise<KubeConnection>,
): KubeAccess['credentials'] => {
  let loaded: Promise<KubeConfig> | undefined;
  let latest: Credentials | undefined;
  let reading: Promise<Credentials> | undefined;
  const read = async (): Promise<Credentials> => {
    try {
      loaded ??= find().then(configOf);
      return await credentialsOf(await loaded);
    } catch (error) {
      loaded = undefined;
      throw new ApiFault(`no credentials for ${name}: ${reasonOf(error)}`);
    }
  };
  return async (refused) => {
    if (refused !== undefined && refused === latest) [loaded, latest] = [undefined, undefined];
    reading ??= read().finally(() => {
      reading = undefined;
    });
    const next = await reading;
    latest = latest !== undefined && isSame(latest, next) ? latest : next;
    return latest;
  };
};

/** The library is large, and most commands read no cluster: it is loaded when it is needed. */
const configOf = async ({ cluster, user }: KubeConnection): Promise<KubeConfig> => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const { tokenFile, token, ...rest } = user;
  const bearer = tokenFile === undefined ? { token } : fileToken(tokenFile);
  const name = 'headgate';
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name, cluster }],
      users: [{ name, user: { ...rest, ...bearer } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  );
  return config;
};

/** The library does not know `tokenFile` of the kubeconfig format, but has this provider of its own. */
const fileToken = (tokenFile: string): object => ({
  'auth-provider': { name: 'tokenFile', config: { tokenFile } },
});

/** Without TLS nobody is told who we are, as with `kubectl`: that is meant for a local proxy. */
const credentialsOf = async (config: KubeConfig): Promise<Credentials> => {
  if (config.getCurrentCluster()?.server.startsWith('https:') !== true)
    return { headers: {}, tls: {} };
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { auth, ca, cert, key, servername, rejectUnauthorized } = options;
  const basic = { Authorization: `Basic ${Buffer.from(auth ?? '').toString('base64')}` };
  return {
    headers: Object.fromEntries(
      Object.entries({ ...options.headers, ...(auth == null ? {} : basic) }).map(
        ([name, value]) => [name, String(value).trim()],
      ),
    ),
    tls: {
      ...pem('ca', ca),
      ...pem('cert', cert),
      ...pem('key', key),
      ...(servername === undefined ? {} : { servername }),
      ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    },
  };
};

const pem = <N extends string>(name: N, value: unknown): { [K in N]?: string } =>
  (value == null ? {} : { [name]: String(value) }) as { [K in N]?: string };

const isSame = (one: Credentials, other: Credentials): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What a parser quotes may be a token. */
const reasonOf = (error: unknown): string =>
  error instanceof SyntaxError
    ? 'its plug-in wrote what is not JSON'
    : messageOf(error).trim().slice(0, 300);
