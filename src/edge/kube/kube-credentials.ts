import type { RequestOptions } from 'node:https';

import type { KubeConfig } from '@kubernetes/client-node';

import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { messageOf } from '../message-of.ts';
import type { Credentials, KubeAccess } from './kube-access.ts';
import type { KubeConnection } from './kube-config-file.ts';
import { isPlain, plainCredentials } from './plain-credentials.ts';

/**
 * The credentials of a user: a token, one in a file, client certificates, a password, or what a
 * plug-in gives.
 *
 * Files are read each time; a plug-in is asked again when its answer has expired. Credentials that
 * the server refused are forgotten: `find` reads the configuration anew, and a plug-in is run
 * again. Concurrent calls share one answer, so that a plug-in runs once.
 */
export const kubeCredentials = (
  name: string,
  find: () => Promise<KubeConnection>,
): KubeAccess['credentials'] => {
  let loaded: Promise<() => Promise<Credentials>> | undefined;
  let latest: Credentials | undefined;
  let reading: Promise<Credentials> | undefined;
  const read = async (): Promise<Credentials> => {
    try {
      loaded ??= find().then(readerOf);
      return await (
        await loaded
      )();
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

/**
 * Without TLS no credentials are sent, as with `kubectl`: such a server is meant to be a local
 * proxy.
 *
 * The library takes much time and memory: it is loaded only if a plug-in has to be asked.
 */
const readerOf = async (connection: KubeConnection): Promise<() => Promise<Credentials>> => {
  if (!connection.cluster.server.startsWith('https:'))
    return () => Promise.resolve({ headers: {}, tls: {} });
  if (isPlain(connection)) return async () => await plainCredentials(connection);
  const config = await configOf(connection);
  return async () => await credentialsOf(config);
};

const configOf = async ({ cluster, user }: KubeConnection): Promise<KubeConfig> => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const name = 'headgate';
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name, cluster }],
      users: [{ name, user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  );
  return config;
};

const credentialsOf = async (config: KubeConfig): Promise<Credentials> => {
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
