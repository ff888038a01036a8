import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { parse } from 'yaml';

import { fileTrouble } from '../file/file-trouble.ts';
import { messageOf } from '../message-of.ts';

/** A cluster and a user of it, in the words of a kubeconfig file; its paths are absolute. */
export interface KubeConnection {
  /** What a log calls it. */
  readonly name: string;
  readonly cluster: KubeCluster;
  readonly user: KubeUser;
  readonly namespace?: string;
}

/** An entry of `clusters`, as far as we read it here. */
interface KubeCluster extends Fields {
  readonly server: string;
  readonly 'proxy-url'?: string;
}

/** An entry of `users`, as far as we read it here. */
interface KubeUser extends Fields {
  readonly token?: string;
  /** Takes precedence over `token`. */
  readonly tokenFile?: string;
}

/**
 * The connection of a context: of the named one, else of the current one.
 *
 * If several files have an entry of the same name, or a current context, the first one counts, as
 * for `kubectl`.
 */
export const readKubeconfig = async (
  paths: readonly string[],
  named: string | undefined,
): Promise<KubeConnection> => {
  const documents = await Promise.all(paths.map(readDocument));
  const where = paths.join(', ');
  const entry = (list: string, name: unknown): Fields | undefined =>
    documents.flatMap((document) => entries(document, list)).find((one) => one['name'] === name);

  const name = named ?? documents.map((one) => one['current-context']).find(Boolean);
  const known = documents.flatMap((one) => entries(one, 'contexts')).map((one) => one['name']);
  const choice = known.length === 0 ? 'it has none' : `it has ${[...new Set(known)].join(', ')}`;
  if (typeof name !== 'string' || name === '')
    throw new Error(`${where}: no context is current; ${choice}`);
  const context = fields(entry('contexts', name)?.['context']);
  if (!known.includes(name)) throw new Error(`${where}: there is no context ${name}; ${choice}`);

  const cluster = fields(entry('clusters', context['cluster'])?.['cluster']);
  if (!isCluster(cluster))
    throw new Error(`${where}: context ${name}: there is no cluster ${context['cluster']}`);
  const user = entry('users', context['user']);
  if (user === undefined && context['user'] !== undefined && context['user'] !== '')
    throw new Error(`${where}: context ${name}: there is no user ${context['user']}`);
  const { namespace } = context;
  return {
    name,
    cluster,
    user: fields(user?.['user']),
    ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
  };
};

type Fields = { readonly [name: string]: unknown };

/** An error does not quote what the parser cannot read: it may be a token. */
const readDocument = async (path: string): Promise<Fields> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`kubeconfig ${path}: ${fileTrouble(error)}`, { cause: error });
  });
  let document: Fields;
  try {
    document = fields(parse(text, { prettyErrors: false, logLevel: 'error' }));
  } catch (error) {
    throw new Error(`kubeconfig ${path} is not YAML: ${messageOf(error)}`, { cause: error });
  }
  return withPaths(document, dirname(resolve(path)));
};

/** Paths in a kubeconfig file begin at its folder. */
const withPaths = (document: Fields, folder: string): Fields => ({
  ...document,
  clusters: entries(document, 'clusters').map((one) => ({
    ...one,
    cluster: located(fields(one['cluster']), folder),
  })),
  users: entries(document, 'users').map((one) => ({
    ...one,
    user: located(fields(one['user']), folder),
  })),
});

const located = (entry: Fields, folder: string): Fields => {
  const { exec, ...rest } = entry;
  const paths = pathFields
    .filter((name) => typeof rest[name] === 'string' && rest[name] !== '')
    .map((name) => [name, resolve(folder, String(rest[name]))]);
  const command = fields(exec)['command'];
  return {
    ...rest,
    ...Object.fromEntries(paths),
    ...(exec === undefined ? {} : { exec }),
    ...(typeof command === 'string' && command.includes('/')
      ? { exec: { ...fields(exec), command: resolve(folder, command) } }
      : {}),
  };
};

const pathFields = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

const entries = (document: Fields, list: string): readonly Fields[] => {
  const value = document[list];
  return Array.isArray(value) ? value.map(fields) : [];
};

const fields = (value: unknown): Fields => ({ ...(value as object | null | undefined) });

const isCluster = (cluster: Fields): cluster is KubeCluster =>
  typeof cluster['server'] === 'string' &&
  URL.canParse(cluster['server']) &&
  ['string', 'undefined'].includes(typeof cluster['proxy-url']);
