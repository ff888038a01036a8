import * as t from 'io-ts';

import { HeaderValue } from '../../codec/header-value.ts';
import { Count, integer } from '../../codec/integer.ts';
import { leaf } from '../../codec/leaf.ts';
import { list, nonEmptyList } from '../../codec/list.ts';
import { oneOf } from '../../codec/one-of.ts';
import { strict } from '../../codec/strict.ts';
import { struct } from '../../codec/struct.ts';
import { Name, pattern } from '../../codec/text.ts';
import { ErrorResponse } from '../error-response.ts';

/** Scripts of any length would be in every Envoy. */
const LuaScript: t.Type<string, string, unknown> = leaf(
  'a Lua script of at most 65536 characters without NUL',
  { type: 'string', maxLength: 65_536, pattern: '^[^\\x00]*$' },
);

const AddressBlock = pattern(
  'an IP address or a CIDR block',
  64,
  /^[0-9A-Fa-f.:]+(\/[0-9]{1,3})?$/,
);

/** Addresses of clients: `peer` is who is connected, `remote` who that says the client is. */
const Addresses = strict(struct({}, { peer: AddressBlock, remote: AddressBlock }));

/** The words of Envoy, and those of old versions of Emissary. */
const CompressionLevel = oneOf(
  'DEFAULT',
  'SPEED',
  'BEST',
  'DEFAULT_COMPRESSION',
  'BEST_SPEED',
  'COMPRESSION_LEVEL_1',
  'COMPRESSION_LEVEL_2',
  'COMPRESSION_LEVEL_3',
  'COMPRESSION_LEVEL_4',
  'COMPRESSION_LEVEL_5',
  'COMPRESSION_LEVEL_6',
  'COMPRESSION_LEVEL_7',
  'COMPRESSION_LEVEL_8',
  'COMPRESSION_LEVEL_9',
  'BEST_COMPRESSION',
);

const CompressionStrategy = oneOf(
  'DEFAULT',
  'FILTERED',
  'HUFFMAN',
  'RLE',
  'FIXED',
  'DEFAULT_STRATEGY',
  'HUFFMAN_ONLY',
);

/** How responses are compressed. */
const Gzip = struct(
  {},
  {
    compression_level: CompressionLevel,
    compression_strategy: CompressionStrategy,
    content_type: list(HeaderValue),
    disable_on_etag_header: t.boolean,
    memory_level: integer(1, 9),
    min_content_length: Count,
    remove_accept_encoding_header: t.boolean,
    window_bits: integer(9, 15),
  },
);

/** Of which calls of gRPC Envoy counts each method on its own. */
const GrpcStats = struct(
  {},
  {
    all_methods: t.boolean,
    services: list(struct({ name: Name }, { method_names: list(Name) })),
    upstream_stats: t.boolean,
  },
);

/** The keys of a Module that ask for filters, which all requests pass. */
export const filterSettings = {
  buffer: struct({ max_request_bytes: integer(1, 4_294_967_295) }, {}),
  enable_grpc_http11_bridge: t.boolean,
  enable_grpc_web: t.boolean,
  error_response_overrides: list(ErrorResponse, 200),
  grpc_stats: GrpcStats,
  gzip: Gzip,
  ip_allow: nonEmptyList(Addresses),
  ip_deny: nonEmptyList(Addresses),
  lua_scripts: LuaScript,
};
