import type { LayeredRuntime } from '../../../proto/envoy.ts';

/**
 * The runtime settings of every Envoy we start.
 *
 * The size of a regular expression is limited where it can be said whose it is: when its Mapping is
 * translated. Envoy's own limit would refuse the whole route table, and it counts otherwise: its
 * programs are over UTF-8 bytes, up to four times as long (measured on 1.40). So it is set where no
 * pattern of at most `maxRegexProgramSize` steps can reach it.
 */
export const layeredRuntime: LayeredRuntime = {
  layers: [
    {
      name: 'static',
      static_layer: { fields: { 're2.max_program_size.error_level': { numberValue: 100_000 } } },
    },
  ],
};
