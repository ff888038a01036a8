import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

import { Option, type Command } from 'commander';

import type { SocketAddress } from '../../edge/socket-address.ts';
import { sdsFiles, type CertificateFiles } from '../../xds/bootstrap/ads-client-tls.ts';
import { dynamicBootstrap } from '../../xds/bootstrap/dynamic-bootstrap.ts';
import { keptStats, type KeptStats } from '../../xds/bootstrap/stats.ts';
import { address, wholeNumber } from '../argument.ts';
import { envoyAdminMeaning } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly adsAddress: SocketAddress;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly tlsServerName?: string;
  readonly nodeId?: string;
  readonly nodeCluster: string;
  readonly envoyAdmin: SocketAddress;
  readonly envoyMaxConnections: number;
  readonly envoyStats: KeptStats;
  readonly routeStats?: boolean;
  readonly output?: string;
  readonly mountedAt?: string;
}

/** `headgate bootstrap`: what an Envoy on another machine is started with. */
export const addBootstrap = (program: Command): void => {
  const command = program
    .command('bootstrap')
    .description('print the configuration that an Envoy elsewhere is started with')
    .addHelpText('after', `\n${example}`);
  for (const flag of flags) command.addOption(flag);
  command.action(async (options: Options) => {
    const files = bootstrapFiles(options);
    if (options.output === undefined) console.log(json(files['bootstrap.json']).trimEnd());
    else await write(options.output, files);
  });
};

const flags: readonly Option[] = [
  new Option('--ads-address <address>', 'HOST:PORT or unix:PATH where the control plane answers')
    .argParser(address)
    .makeOptionMandatory(),
  new Option(
    '--tls-cert <file>',
    'the certificate of Envoy, in PEM; this file and the next two are named as Envoy sees them',
  ),
  new Option('--tls-key <file>', 'its private key'),
  new Option('--tls-ca <file>', "who may have signed the control plane's certificate"),
  new Option(
    '--tls-server-name <name>',
    'the name in that certificate; default: the host of --ads-address',
  ),
  new Option('--node-id <id>', 'what this Envoy is called in logs; default: the host name'),
  new Option('--node-cluster <name>', 'what its fleet is called').default('default'),
  new Option('--envoy-admin <address>', envoyAdminMeaning)
    .argParser(address)
    .default({ _tag: 'Unix', path: '@envoy-admin' }, 'unix:@envoy-admin'),
  new Option('--envoy-max-connections <count>', 'connections from clients above this are closed')
    .argParser(wholeNumber(1, 10_000_000))
    .default(50_000),
  new Option('--envoy-stats <which>', 'the statistics that Envoy keeps: the useful ones, or all')
    .choices(keptStats)
    .default('useful'),
  new Option(
    '--route-stats',
    'the control plane has this option, so the names of routes are labels',
  ),
  new Option(
    '-o, --output <folder>',
    'write bootstrap.json there, and the files beside it that TLS needs, instead of printing',
  ),
  new Option('--mounted-at <folder>', 'that folder, as Envoy sees it; default: the same'),
];

const example = `With --tls-…, Envoy needs identity.json and trust.json as well: they name the certificates, and
Envoy reads these again when they change. So --output is needed then.`;

type Files = Readonly<Record<string, unknown>> & { readonly 'bootstrap.json': unknown };

/** What has to be in the folder, by name. */
const bootstrapFiles = (options: Options): Files => {
  const { nodeId = hostname(), nodeCluster, adsAddress: ads, envoyAdmin: admin } = options;
  const node = { nodeId, nodeCluster, ads, admin };
  const common = {
    ...node,
    maxDownstreamConnections: options.envoyMaxConnections,
    stats: options.envoyStats,
    routeStats: options.routeStats,
  };
  const certificates = certificatesOf(options);
  if (certificates === undefined) return { 'bootstrap.json': dynamicBootstrap(common) };
  const { output, mountedAt = output } = options;
  const serverName = options.tlsServerName ?? (ads._tag === 'Tcp' ? ads.host : undefined);
  if (mountedAt === undefined)
    throw new UsageError('with TLS Envoy needs three files: name a folder for them with --output');
  if (serverName === undefined)
    throw new UsageError('a unix socket has no name: give --tls-server-name');
  return {
    'bootstrap.json': dynamicBootstrap({
      ...common,
      tls: { folder: resolve(mountedAt), serverName },
    }),
    ...sdsFiles(certificates, serverName),
  };
};

const certificatesOf = (options: Options): CertificateFiles | undefined => {
  const { tlsCert, tlsKey, tlsCa, tlsServerName, adsAddress } = options;
  if (tlsCert !== undefined && tlsKey !== undefined && tlsCa !== undefined)
    return { certificate: resolve(tlsCert), privateKey: resolve(tlsKey), ca: resolve(tlsCa) };
  const isTls = [tlsCert, tlsKey, tlsCa, tlsServerName].some((one) => one !== undefined);
  if (isTls) throw new UsageError('TLS needs all of --tls-cert, --tls-key and --tls-ca');
  if (adsAddress._tag === 'Tcp')
    throw new UsageError(
      'a control plane serves ports over TLS only: give --tls-cert, --tls-key and --tls-ca',
    );
  return undefined;
};

const write = async (folder: string, files: Files): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), json(content));
};

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
