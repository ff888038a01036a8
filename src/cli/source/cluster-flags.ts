import { Option } from 'commander';

import { fieldSelector, labelSelector } from './selector-argument.ts';

/** Which objects of which cluster are read. */
export const clusterFlags = (env: NodeJS.ProcessEnv): readonly Option[] => [
  new Option(
    '--kubeconfig <file>',
    'how to reach the cluster; default: inside a Pod its service account, else the usual rules',
  ).env('HEADGATE_KUBECONFIG'),
  new Option('--context <name>', 'the context of the kubeconfig').env('HEADGATE_CONTEXT'),
  new Option('--watch-namespace <name>', 'read this namespace only; default: all of them')
    .env('HEADGATE_WATCH_NAMESPACE')
    .default(singleNamespace(env, 'AMBASSADOR_SINGLE_NAMESPACE'), 'all'),
  new Option('--secrets-namespace <name>', 'read Secrets of this namespace only')
    .env('HEADGATE_SECRETS_NAMESPACE')
    .default(singleNamespace(env, 'AMBASSADOR_CERTS_SINGLE_NAMESPACE'), 'as --watch-namespace'),
  new Option(
    '--secrets-by-name',
    'ask for each Secret that an object refers to by its name; no right to list Secrets is needed',
  ).env('HEADGATE_SECRETS_BY_NAME'),
  new Option(
    '--no-gateway-api',
    'read no Gateways and no routes of the Gateway API, though it is installed',
  ).env('HEADGATE_NO_GATEWAY_API'),
  new Option('--label-selector <selector>', 'read objects with these labels only')
    .env('HEADGATE_LABEL_SELECTOR')
    .argParser(labelSelector)
    .default(env['AMBASSADOR_LABEL_SELECTOR']),
  new Option('--field-selector <selector>', 'read objects with these fields only')
    .env('HEADGATE_FIELD_SELECTOR')
    .argParser(fieldSelector)
    .default(env['AMBASSADOR_FIELD_SELECTOR']),
];

/** Which folder is read instead; beside it, it means nothing which objects of a cluster are read. */
export const configDirFlag: Option = new Option(
  '--config-dir <folder>',
  'read this folder of manifests, and watch it, instead of a cluster',
)
  .env('HEADGATE_CONFIG_DIR')
  .conflicts([
    ...['kubeconfig', 'context', 'watchNamespace', 'secretsNamespace', 'secretsByName'],
    ...['gatewayApi', 'labelSelector', 'fieldSelector'],
  ]);

/** Whether status is reported, and which Lease says who reports it. */
export const statusFlags: readonly Option[] = [
  new Option('--no-status', 'write no status and no Events into the cluster').env(
    'HEADGATE_NO_STATUS',
  ),
  new Option(
    '--lease-name <name>',
    'the Lease in the namespace of this installation whose holder writes status',
  )
    .env('HEADGATE_LEASE_NAME')
    .default('headgate'),
];

/** Emissary's switches are on with any value; the namespace is then that of the installation. */
const singleNamespace = (env: NodeJS.ProcessEnv, name: string): string | undefined =>
  (env[name] ?? '') === '' ? undefined : (env['AMBASSADOR_NAMESPACE'] ?? 'default');
