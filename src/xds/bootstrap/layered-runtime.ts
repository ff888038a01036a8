import type { LayeredRuntime } from '../../../proto/envoy.ts';

/**
 * The runtime settings of every Envoy we start.
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
export const layeredRuntime: LayeredRuntime = {
  layers: [
    {
      name: 'static',
      static_layer: {
        fields: {
          're2.max_program_size.error_level': { numberValue: 100_000 },
          'envoy.reloadable_features.remove_legacy_route_formatter': { boolValue: true },
        },
      },
    },
  ],
};
