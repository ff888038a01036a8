import type { LayeredRuntime } from '../../../proto/envoy.ts';

/**
 * The runtime settings of every Envoy we start.
 *
 * The size of a regular expression is limited when its Mapping is translated, because there it is
 * known whose it is. Envoy's own limit would refuse the whole route table, and it counts
 * differently: its programs work on UTF-8 bytes and are up to four times as long (measured on
 * 1.40). So it is set so high that no pattern of at most `maxRegexProgramSize` steps can reach it.
 */
export const layeredRuntime: LayeredRuntime = {
  layers: [
    {
      name: 'static',
      static_layer: { fields: { 're2.max_program_size.error_level': { numberValue: 100_000 } } },
    },
  ],
};
