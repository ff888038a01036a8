import type { EnvoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

/** A resource as somebody has it. */
export interface Held {
  readonly version: string | undefined;
  readonly resource: unknown;
}

/** Whether Envoy shows the version of a resource of this type. */
export const isShownWithVersion = (typeUrl: TypeUrl): boolean =>
  typeUrl !== TypeUrl.Endpoints && typeUrl !== TypeUrl.ScopedRoutes;

/** All that an Envoy got over xDS, by type URL and name, as its own config dump says. */
export const heldByEnvoy = async (envoy: EnvoyAdmin): Promise<ReadonlyMap<string, Held>> => {
  const { configs } = (await envoy.configDump('?include_eds')) as {
    readonly configs: readonly Dump[];
  };
  const found = configs.flatMap((dump) => [
    ...(dump.dynamic_active_clusters ?? []).map((one) => held(one, one.cluster)),
    ...(dump.dynamic_route_configs ?? []).map((one) => held(one, one.route_config)),
    ...(dump.dynamic_scoped_route_configs ?? []).flatMap(({ scoped_route_configs: scopes }) =>
      scopes.map((one) => held({}, one)),
    ),
    ...(dump.ecds_filters ?? []).map((one) => held(one, one.ecds_filter)),
    ...(dump.dynamic_active_secrets ?? []).map((one) => held(one, withoutKeys(one.secret))),
    ...(dump.dynamic_listeners ?? []).map(({ active_state: one }) => held(one, one.listener)),
    ...(dump.dynamic_endpoint_configs ?? []).map((one) => held(one, addressesOf(one))),
  ]);
  return new Map(found);
};

interface Message {
  readonly '@type': string;
  readonly name?: string;
  readonly cluster_name?: string;
}

interface Versioned {
  readonly version_info?: string;
}

interface Dump {
  readonly dynamic_active_clusters?: readonly (Versioned & { readonly cluster: Message })[];
  readonly dynamic_route_configs?: readonly (Versioned & { readonly route_config: Message })[];
  /** Without versions: Envoy shows one for all of them. */
  readonly dynamic_scoped_route_configs?: readonly {
    readonly scoped_route_configs: readonly Message[];
  }[];
  readonly ecds_filters?: readonly (Versioned & { readonly ecds_filter: Message })[];
  readonly dynamic_active_secrets?: readonly (Versioned & { readonly secret: Message })[];
  readonly dynamic_listeners?: readonly {
    readonly active_state: Versioned & { readonly listener: Message };
  }[];
  readonly dynamic_endpoint_configs?: readonly (Versioned & {
    readonly endpoint_config: Assignment;
  })[];
}

interface Assignment extends Message {
  readonly endpoints?: readonly {
    readonly lb_endpoints?: readonly { readonly endpoint?: { readonly address?: unknown } }[];
  }[];
}

const held = ({ version_info: version }: Versioned, resource: Message): readonly [string, Held] => [
  `${resource['@type']} ${resource.name ?? resource.cluster_name}`,
  { version, resource },
];

/**
 * The same with `[redacted]` for every private key. Envoy says so in place of the key, in the field the
 * key was in; the debug pages say so in place of the whole.
 */
export const withoutKeys = <M>(resource: M): M =>
  JSON.parse(
    JSON.stringify(resource, (key, value: unknown) =>
      key === 'private_key' ? '[redacted]' : value,
    ),
  ) as M;

/** Envoy shows load assignments as it uses them, with every default and without a version. */
const addressesOf = ({
  endpoint_config: { endpoints, ...config },
}: {
  readonly endpoint_config: Assignment;
}) => ({
  '@type': config['@type'],
  cluster_name: config.cluster_name ?? '',
  ...(endpoints !== undefined && {
    endpoints: endpoints.map(({ lb_endpoints = [] }) => ({
      lb_endpoints: lb_endpoints.map(({ endpoint }) => ({
        endpoint: { address: endpoint?.address },
      })),
    })),
  }),
});
