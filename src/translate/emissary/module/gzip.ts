import { definedOnly } from '../../../collection/defined-only.ts';
import type { GzipFilter } from '../../../ir/filter/gzip.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';

type Written = NonNullable<ModulePartOf<'filters'>['gzip']>;

/** How responses are compressed where a Module says this. */
export const gzipFilter = (said: Written, from: ObjectRef): GzipFilter =>
  definedOnly<GzipFilter>({
    _tag: 'Gzip',
    memoryLevel: said.memory_level,
    minContentLength: said.min_content_length,
    level: levelOf(said.compression_level),
    strategy: strategyOf(said.compression_strategy),
    windowBits: said.window_bits,
    contentTypes: said.content_type ?? [],
    sparesEtags: said.disable_on_etag_header === true,
    hidesAcceptEncoding: said.remove_accept_encoding_header === true,
    from: [from],
  });

const levelOf = (level: Written['compression_level']): number | undefined => {
  switch (level) {
    case undefined:
    case 'DEFAULT':
    case 'DEFAULT_COMPRESSION':
      return undefined;
    case 'SPEED':
    case 'BEST_SPEED':
      return 1;
    case 'BEST':
    case 'BEST_COMPRESSION':
      return 9;
    default:
      return Number(level.slice(-1));
  }
};

const strategyOf = (strategy: Written['compression_strategy']): GzipFilter['strategy'] => {
  switch (strategy) {
    case undefined:
    case 'DEFAULT':
    case 'DEFAULT_STRATEGY':
      return undefined;
    case 'FILTERED':
      return 'Filtered';
    case 'HUFFMAN':
    case 'HUFFMAN_ONLY':
      return 'HuffmanOnly';
    case 'RLE':
      return 'Rle';
    case 'FIXED':
      return 'Fixed';
  }
};
