import {
  GzipCompressionStrategy as Strategy,
  type GzipCompressionLevel as Level,
} from '../../../proto/envoy.ts';
import type { GzipFilter } from '../../ir/filter/gzip.ts';
import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** Compresses responses. */
export const gzip: Configured<GzipFilter> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor',
  config: (filter) =>
    any('envoy.extensions.filters.http.compressor.v3.Compressor', {
      compressor_library: {
        name: 'envoy.compression.gzip.compressor',
        typed_config: any('envoy.extensions.compression.gzip.compressor.v3.Gzip', {
          ...(filter.memoryLevel !== undefined && { memory_level: { value: filter.memoryLevel } }),
          ...(filter.level !== undefined && { compression_level: filter.level as Level }),
          ...(filter.strategy !== undefined && {
            compression_strategy: strategies[filter.strategy],
          }),
          ...(filter.windowBits !== undefined && { window_bits: { value: filter.windowBits } }),
        }),
      },
      response_direction_config: {
        common_config: {
          ...(filter.minContentLength !== undefined && {
            min_content_length: { value: filter.minContentLength },
          }),
          ...(filter.contentTypes.length > 0 && { content_type: filter.contentTypes }),
        },
        ...(filter.sparesEtags && { disable_on_etag_header: true }),
        ...(filter.hidesAcceptEncoding && { remove_accept_encoding_header: true }),
      },
    }),
  off: any('envoy.extensions.filters.http.compressor.v3.CompressorPerRoute', { disabled: true }),
};

const strategies = {
  Filtered: Strategy.FILTERED,
  HuffmanOnly: Strategy.HUFFMAN_ONLY,
  Rle: Strategy.RLE,
  Fixed: Strategy.FIXED,
} as const;
