import type { OverloadAction, OverloadManager, ResourceMonitor } from '../../../proto/envoy.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';

/** What an Envoy may use. */
export interface OverloadLimits {
  /** Connections above this number are closed at once; absent: no limit. */
  readonly maxDownstreamConnections?: number | undefined;
  /** How much memory may be in its heap; absent: no limit. */
  readonly maxHeapMebibytes?: number | undefined;
}

/** What keeps an Envoy within its limits; undefined when it has none. */
export const overloadManager = ({
  maxDownstreamConnections: connections,
  maxHeapMebibytes: heap,
}: OverloadLimits): OverloadManager | undefined => {
  const monitors = [
    ...(connections === undefined ? [] : [connectionMonitor(connections)]),
    ...(heap === undefined ? [] : [heapMonitor(heap)]),
  ];
  if (monitors.length === 0) return undefined;
  return {
    refresh_interval: duration(250),
    resource_monitors: monitors,
    ...(heap !== undefined && { actions: heapActions }),
  };
};

const connectionMonitor = (connections: number): ResourceMonitor => ({
  name: 'envoy.resource_monitors.global_downstream_max_connections',
  typed_config: any(
    'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
    { max_active_downstream_connections: connections },
  ),
});

const fixedHeap = 'envoy.resource_monitors.fixed_heap';

const heapMonitor = (mebibytes: number): ResourceMonitor => ({
  name: fixedHeap,
  typed_config: any('envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig', {
    max_heap_size_bytes: mebibytes * 1024 * 1024,
  }),
});

const heapAction = (action: string, value: number): OverloadAction => ({
  name: `envoy.overload_actions.${action}`,
  triggers: [{ name: fixedHeap, threshold: { value } }],
});

/**
 * First idle clients are disconnected, then free memory is given back, and only then requests are
 * refused: some fail then, but without that the kernel would end everything in the container.
 */
const heapActions: readonly OverloadAction[] = [
  heapAction('disable_http_keepalive', 0.92),
  heapAction('shrink_heap', 0.95),
  heapAction('stop_accepting_requests', 0.98),
];
