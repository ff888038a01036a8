import { X509Certificate } from 'node:crypto';

import { Command, Option } from 'commander';
import { map } from 'rxjs';

import { addServeFlags } from '../../../src/cli/command/run.ts';
import type { ServeOptions } from '../../../src/cli/serve/serve-options.ts';
import { serve } from '../../../src/cli/serve/serve.ts';
import { folderSource } from '../../../src/cli/source/folder-source.ts';
import { servedSource } from '../../../src/cli/source/served-source.ts';
import { mapEach } from '../../../src/collection/operator/map-each.ts';
import { atOnce } from '../../../src/collection/work.ts';
import type { ServedCertificate } from '../../../src/xds/certificate/served-certificate.ts';
import { any, decode, encode } from '../../../src/xds/message/encode.ts';
import type { Resource } from '../../../src/xds/resource.ts';
import { everyType } from '../../../src/xds/session/conversation.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { Published } from '../../../src/plane/published.ts';

/**
 * A program that is `headgate run` with one difference: a resource that holds the word of its type
 * is changed so that Envoy refuses it, and so is a certificate for a name with that word. It stands for
 * every mistake that nobody has thought of yet.
 */
const program = new Command()
  .command('run')
  .addOption(new Option('--config-dir <folder>').makeOptionMandatory());
addServeFlags(program, process.env);
program.action(async (options: ServeOptions & { readonly configDir: string }) => {
  const source = servedSource(folderSource(options.configDir), options, process.env);
  await serve(options, process.env, {
    ...source,
    open: async (serving) => {
      const opened = await source.open(serving);
      return { ...opened, publish: (envoys$) => opened.publish(envoys$).pipe(map(poisoned())) };
    },
  });
});

const nowhere = [
  {
    lb_endpoints: [
      { endpoint: { address: { socket_address: { address: 'no address', port_value: 1 } } } },
    ],
  },
];

/** Bytes to append to a message: protobuf adds repeated fields to it and replaces others. */
const additions: Readonly<Record<TypeUrl, Buffer>> = {
  [TypeUrl.Runtime]: encode('envoy.service.runtime.v3.Runtime', { name: 'no layer' }),
  [TypeUrl.Cluster]: encode('envoy.config.cluster.v3.Cluster', {
    load_assignment: { endpoints: nowhere },
  }),
  [TypeUrl.Endpoints]: encode('envoy.config.endpoint.v3.ClusterLoadAssignment', {
    endpoints: nowhere,
  }),
  [TypeUrl.Secret]: encode('envoy.extensions.transport_sockets.tls.v3.Secret', {
    tls_certificate: { certificate_chain: { inline_string: 'no certificate' } },
  }),
  [TypeUrl.Listener]: encode('envoy.config.listener.v3.Listener', {
    filter_chains: [{ name: 'once more' }],
  }),
  [TypeUrl.Routes]: encode('envoy.config.route.v3.RouteConfiguration', {
    virtual_hosts: [{ name: 'once more', domains: ['*'] }],
  }),
  [TypeUrl.ScopedRoutes]: encode('envoy.config.route.v3.ScopedRouteConfiguration', {
    route_configuration: { virtual_hosts: [{ name: 'once more', domains: ['*'] }] },
  }),
  [TypeUrl.Extension]: encode('envoy.config.core.v3.TypedExtensionConfig', {
    typed_config: any('envoy.extensions.filters.http.router.v3.Router', {
      suppress_envoy_headers: true,
    }),
  }),
};

const words: Readonly<Record<TypeUrl, string>> = {
  [TypeUrl.Runtime]: 'poison-runtime',
  [TypeUrl.Cluster]: 'poison-cluster',
  [TypeUrl.Endpoints]: '127.66.66.66',
  [TypeUrl.Secret]: 'poison.example',
  [TypeUrl.Listener]: 'poison-listener',
  [TypeUrl.Routes]: 'poison-route',
  [TypeUrl.ScopedRoutes]: 'poison-route',
  [TypeUrl.Extension]: 'poison-extension',
};

const poison = (resource: Resource): Resource =>
  textOf(resource).includes(words[resource.typeUrl])
    ? { ...resource, bytes: Buffer.concat([resource.bytes, additions[resource.typeUrl]]) }
    : resource;

const textOf = ({ typeUrl, bytes }: Resource): string | Buffer => {
  if (typeUrl !== TypeUrl.Secret) return bytes;
  const { tls_certificate } = decode('envoy.extensions.transport_sockets.tls.v3.Secret', bytes);
  const chain = tls_certificate?.certificate_chain?.inline_string;
  return chain === undefined ? '' : (new X509Certificate(chain).subjectAltName ?? '');
};

const poisonEach = atOnce(mapEach<string, Resource, Resource>(poison));

const poisonServed = atOnce(
  mapEach<string, ServedCertificate, ServedCertificate>(({ resource }) =>
    resource === undefined ? {} : { resource: poison(resource) },
  ),
);

const poisoned = () => {
  const steps = new Map<TypeUrl, ReturnType<typeof poisonEach>>();
  let served: ReturnType<typeof poisonServed> | undefined;
  return (published: Published): Published => {
    const resources = everyType((typeUrl) => {
      const step = poisonEach(steps.get(typeUrl), published.snapshot.resources[typeUrl]);
      steps.set(typeUrl, step);
      return step.output;
    });
    served = poisonServed(served, published.snapshot.certificates);
    const snapshot = { ...published.snapshot, resources, certificates: served.output };
    return { ...published, snapshot };
  };
};

await program.parseAsync(
  process.argv.slice(2).filter((word) => word !== 'run'),
  { from: 'user' },
);
