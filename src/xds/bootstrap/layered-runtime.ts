import type { LayeredRuntime, RuntimeLayer, Struct } from '../../../proto/envoy.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { decode } from '../message/encode.ts';
import type { Resource } from '../resource.ts';
import { runtimeLayer } from '../runtime.ts';

/**
 * What the runtime of every Envoy has that we start.
 *
 * The size of a regular expression is limited when its Mapping is translated, because there it is
 * known whose it is. Envoy's own limit would refuse the whole route table, and it counts
 * differently: its programs work on UTF-8 bytes and are up to four times as long (measured on
 * 1.40). So it is set so high that no pattern of at most `maxRegexProgramSize` steps can reach it.
 *
 * Header values are read once. An older way of Envoy decodes the JSON in `%DYNAMIC_METADATA([…])%` before
 * it looks for commands, and so finds those that are written with JSON escapes (`header-format.ts` cannot
 * see them): they told Envoy's environment, and split responses. Envoy 1.40 does that unless told not to.
 */
const staticLayer: RuntimeLayer = {
  name: 'static',
  static_layer: {
    fields: {
      're2.max_program_size.error_level': { numberValue: 100_000 },
      'envoy.reloadable_features.remove_legacy_route_formatter': { boolValue: true },
    },
  },
};

/** The runtime of an Envoy that reads everything from its bootstrap. */
export const staticRuntime = (layer: Resource | undefined): LayeredRuntime => ({
  layers: [
    staticLayer,
    ...(layer === undefined ? [] : [{ name: layer.name, static_layer: layerIn(layer) }]),
  ],
});

const layerIn = ({ bytes }: Resource): Struct =>
  decode('envoy.service.runtime.v3.Runtime', bytes).layer ?? {};

/**
 * The runtime of an Envoy that asks for the rest. Before it asks for anything else it asks for its layer, and
 * waits for the answer. Unlike all else that it asks for, this wait is limited: a control plane of an older
 * version does not answer.
 */
export const discoveredRuntime: LayeredRuntime = {
  layers: [
    staticLayer,
    {
      name: runtimeLayer,
      rtds_layer: {
        name: runtimeLayer,
        rtds_config: { ...adsSource, initial_fetch_timeout: duration(5000) },
      },
    },
  ],
};
