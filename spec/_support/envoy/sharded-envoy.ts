import type { ExecutionContext } from 'ava';

import { filters } from '../../../src/xds/filter/filters.ts';
import { httpConnectionManager } from '../../../src/xds/listener/http-connection-manager.ts';
import { decode, encode } from '../../../src/xds/message/encode.ts';
import { messageToJson } from '../../../src/xds/message/to-json.ts';
import { upgradesAllowed } from '../../../src/xds/shard/shard-script.ts';
import { shardName, type ShardLayout, type ShardName } from '../../../src/xds/shard/shard.ts';
import { gate } from '../../../src/xds/table/scoped-route.ts';
import { startEnvoyOn, type StaticEnvoy } from './static-envoy.ts';

/**
 * An Envoy with a table that is cut like this. Every shard tells its own number: it redirects to
 * `http://shard-7`, and lets websockets pass. The gate allows the upgrades that are given.
 */
export const startShardedEnvoy = async (
  t: ExecutionContext,
  layout: ShardLayout,
  upgrades: readonly string[] = [],
): Promise<StaticEnvoy> => await startEnvoyOn(t, (port) => bootstrap(port, layout, upgrades));

const table = 'web';

const managerName =
  'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const scopeName = 'envoy.config.route.v3.ScopedRouteConfiguration';

/** The scopes and the first filter, which otherwise come over xDS, are in the bootstrap here. */
const bootstrap = (port: number, layout: ShardLayout, upgrades: readonly string[]): unknown => {
  const filter = httpConnectionManager(
    { statPrefix: 'web', trustedHops: 0 },
    { table, scoped: true },
    [],
    [],
  );
  const manager = decode(managerName, filter.typed_config?.value ?? new Uint8Array());
  const http_filters = (manager.http_filters ?? []).map((one) =>
    one.config_discovery === undefined
      ? one
      : {
          name: one.name ?? '',
          typed_config: filters.Shards.config({ _tag: 'Shards' }),
          disabled: true,
        },
  );
  const { scoped_routes: scopes, ...json } = messageToJson(managerName, {
    ...manager,
    http_filters,
  }) as { readonly scoped_routes: { readonly scope_key_builder: unknown } };
  const typed_config = {
    '@type': `type.googleapis.com/${managerName}`,
    ...json,
    scoped_routes: {
      name: 'shards',
      scope_key_builder: scopes.scope_key_builder,
      scoped_route_configurations_list: {
        scoped_route_configurations: [
          gate(table, layout, upgrades).bytes,
          ...Array.from({ length: layout.shards }, (_, i) => shard(shardName(table, layout, i), i)),
        ].map((bytes) => messageToJson(scopeName, decode(scopeName, bytes))),
      },
    },
  };
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  const chain = { filters: [{ name: filter.name, typed_config }] };
  return {
    static_resources: { listeners: [{ name: 'web', address, filter_chains: [chain] }] },
  };
};

const shard = (name: ShardName, index: number): Buffer =>
  encode(scopeName, {
    name,
    key: { fragments: [{ string_key: name }] },
    route_configuration: {
      name,
      virtual_hosts: [
        {
          name: '*',
          domains: ['*'],
          routes: [
            {
              match: { prefix: '' },
              redirect: { host_redirect: `shard-${index}` },
              metadata: upgradesAllowed(['websocket']),
            },
          ],
        },
      ],
    },
  });
