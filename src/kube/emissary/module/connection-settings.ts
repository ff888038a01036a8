import * as t from 'io-ts';

import { dictionary } from '../../codec/dictionary.ts';
import { HeaderName } from '../../codec/header-name.ts';
import { HeaderValue } from '../../codec/header-value.ts';
import { integer, Milliseconds } from '../../codec/integer.ts';
import { list } from '../../codec/list.ts';
import { oneOf } from '../../codec/one-of.ts';
import { struct } from '../../codec/struct.ts';
import { Path } from '../../codec/text.ts';
import { untyped } from '../../codec/untyped.ts';

const isTexts = dictionary(t.string, t.string).is;

/** A line of text, or with a type of JSON an object of texts. */
const LogFormat = untyped(
  'a string, or an object of strings',
  (u): u is string | Readonly<Record<string, string>> => typeof u === 'string' || isTexts(u),
);

/** The keys of a Module that say how Envoy speaks HTTP with clients, and what it writes down of it. */
export const connectionSettings = {
  allow_chunked_length: t.boolean,
  buffer_limit_bytes: integer(1, 2_147_483_647),
  enable_http10: t.boolean,
  envoy_log_format: LogFormat,
  envoy_log_path: Path,
  envoy_log_type: oneOf('text', 'json', 'typed_json'),
  forward_client_cert_details: oneOf(
    'SANITIZE',
    'FORWARD_ONLY',
    'APPEND_FORWARD',
    'SANITIZE_SET',
    'ALWAYS_FORWARD_ONLY',
  ),
  header_case_overrides: list(HeaderName),
  headers_with_underscores_action: oneOf('ALLOW', 'REJECT_REQUEST', 'DROP_HEADER'),
  listener_idle_timeout_ms: Milliseconds,
  max_request_headers_kb: integer(1, 8192),
  merge_slashes: t.boolean,
  preserve_external_request_id: t.boolean,
  proper_case: t.boolean,
  reject_requests_with_escaped_slashes: t.boolean,
  server_name: HeaderValue,
  set_current_client_cert_details: struct(
    {},
    {
      cert: t.boolean,
      chain: t.boolean,
      dns: t.boolean,
      subject: t.boolean,
      uri: t.boolean,
    },
  ),
  strip_matching_host_port: t.boolean,
  suppress_envoy_headers: t.boolean,
  use_remote_address: t.boolean,
};
