import { values, type Collection } from '../collection/collection.ts';
import { groupBy, type Grouped } from '../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../collection/operator/map-each.ts';
import type { Work } from '../collection/work.ts';
import type { ConnectionLimits } from '../ir/http-options.ts';
import { encode } from './message/encode.ts';
import { resource, type Resource } from './resource.ts';
import { TypeUrl } from './type-url.ts';

/** The runtime layer of an Envoy that comes over RTDS: the name that it asks for. */
export const runtimeLayer = 'connection-limits';

/** The runtime layer, if anybody limits anything. */
export interface RuntimeGraph {
  readonly byLayer: Grouped<string, ConnectionLimits, typeof runtimeLayer, ConnectionLimits>;
  readonly layers: Mapped<typeof runtimeLayer, Collection<string, ConnectionLimits>, Resource>;
}

/**
 * Encodes the runtime layer. Where there is none, Envoy is told so when it asks, and has its own values.
 *
 * Envoy reads these values for each connection or request, so they hold without a new listener.
 */
export function* runtimeGraph(
  previous: RuntimeGraph | undefined,
  limits: Collection<string, ConnectionLimits>,
): Work<RuntimeGraph> {
  const byLayer = yield* groupByLayer(previous?.byLayer, limits);
  const layers = yield* encodeEach(previous?.layers, byLayer.output);
  return { byLayer, layers };
}

const groupByLayer = groupBy((limits: ConnectionLimits, _: string) => [
  [runtimeLayer, limits] as const,
]);

const encodeEach = mapEach(
  (group: Collection<string, ConnectionLimits>, name: typeof runtimeLayer) => {
    const [limits] = values(group);
    return limits === undefined ? undefined : layer(name, limits);
  },
);

const layer = (name: string, limits: ConnectionLimits): Resource => {
  const fields = Object.fromEntries(
    Object.entries(keys).flatMap(([field, key]) => {
      const value = limits[field as keyof typeof keys];
      return value === undefined ? [] : [[key, { numberValue: value }] as const];
    }),
  );
  return resource(
    TypeUrl.Runtime,
    name,
    encode('envoy.service.runtime.v3.Runtime', { name, layer: { fields } }),
  );
};

const keys = {
  requestsPerTurn: 'http.max_requests_per_io_cycle',
  requestsBeforeResetsCount: 'overload.premature_reset_total_stream_count',
  earlyResetSeconds: 'overload.premature_reset_min_stream_lifetime_seconds',
} as const satisfies Readonly<Record<Exclude<keyof ConnectionLimits, 'from'>, string>>;
