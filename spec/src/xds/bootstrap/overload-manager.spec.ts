import test from 'ava';

import {
  dynamicBootstrap,
  type BootstrapOptions,
} from '../../../../src/xds/bootstrap/dynamic-bootstrap.ts';
import type { OverloadLimits } from '../../../../src/xds/bootstrap/overload-manager.ts';

const options: BootstrapOptions = {
  nodeId: 'laptop',
  nodeCluster: 'edge',
  ads: { _tag: 'Unix', path: '/run/ads.sock' },
  admin: { _tag: 'Tcp', host: '127.0.0.1', port: 9901 },
};

const overloadOf = (limits: OverloadLimits): unknown =>
  (dynamicBootstrap({ ...options, ...limits }) as { readonly overload_manager?: unknown })
    .overload_manager;

const heap = 'envoy.resource_monitors.fixed_heap';

const heapMonitor = {
  name: heap,
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig',
    max_heap_size_bytes: '3221225472',
  },
};

const actions = [
  {
    name: 'envoy.overload_actions.disable_http_keepalive',
    triggers: [{ name: heap, threshold: { value: 0.92 } }],
  },
  {
    name: 'envoy.overload_actions.shrink_heap',
    triggers: [{ name: heap, threshold: { value: 0.95 } }],
  },
  {
    name: 'envoy.overload_actions.stop_accepting_requests',
    triggers: [{ name: heap, threshold: { value: 0.98 } }],
  },
];

test('an Envoy without limits has no overload manager', (t) => {
  t.is(overloadOf({}), undefined);
});

test('what Envoy does near the limit of its heap', (t) => {
  t.deepEqual(overloadOf({ maxHeapMebibytes: 3072 }), {
    refresh_interval: '0.250s',
    resource_monitors: [heapMonitor],
    actions,
  });
});

test('connections and heap are watched together', (t) => {
  t.deepEqual(overloadOf({ maxDownstreamConnections: 7, maxHeapMebibytes: 3072 }), {
    refresh_interval: '0.250s',
    resource_monitors: [
      {
        name: 'envoy.resource_monitors.global_downstream_max_connections',
        typed_config: {
          '@type':
            'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
          max_active_downstream_connections: '7',
        },
      },
      heapMonitor,
    ],
    actions,
  });
});
