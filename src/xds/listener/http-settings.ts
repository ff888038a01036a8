import {
  HttpConnectionManagerForwardClientCertDetails as Forward,
  HttpConnectionManagerPathWithEscapedSlashesAction as EscapedSlashes,
  HttpProtocolOptionsHeadersWithUnderscoresAction as Underscores,
  type Http1ProtocolOptions,
  type HttpConnectionManager,
} from '../../../proto/envoy.ts';
import type { ErrorPage } from '../../ir/filter/error-pages.ts';
import type { ClientCertificateHeader, HttpSettings } from '../../ir/http-options.ts';
import { duration } from '../message/duration.ts';
import { pageFormat, pageHeaders } from '../message/error-page.ts';

/** The fields of a connection manager that settings decide. */
type SettledFields = Pick<
  HttpConnectionManager,
  | 'use_remote_address'
  | 'common_http_protocol_options'
  | 'http_protocol_options'
  | 'server_name'
  | 'max_request_headers_kb'
  | 'merge_slashes'
  | 'path_with_escaped_slashes_action'
  | 'strip_matching_host_port'
  | 'preserve_external_request_id'
  | 'forward_client_cert_details'
  | 'set_current_client_cert_details'
  | 'local_reply_config'
>;

/** What Headgate has for everybody who does not ask for anything else. */
const usualIdleTimeout = 3_600_000;

/** What settings decide. Where there are none, it is as for all listeners. */
export const httpSettings = (settings: HttpSettings): SettledFields => ({
  use_remote_address: { value: settings.trustsForwardedFor !== true },
  common_http_protocol_options: {
    idle_timeout: duration(settings.idleTimeout ?? usualIdleTimeout),
    ...(settings.underscores !== undefined && {
      headers_with_underscores_action: underscores[settings.underscores],
    }),
  },
  ...speaksHttp1(settings),
  ...(settings.serverName !== undefined && { server_name: settings.serverName }),
  ...(settings.maxRequestHeadersKb !== undefined && {
    max_request_headers_kb: { value: settings.maxRequestHeadersKb },
  }),
  ...(settings.mergesSlashes && { merge_slashes: true }),
  ...(settings.rejectsEscapedSlashes && {
    path_with_escaped_slashes_action: EscapedSlashes.REJECT_REQUEST,
  }),
  ...(settings.stripsMatchingPort && { strip_matching_host_port: true }),
  ...(settings.keepsRequestId && { preserve_external_request_id: true }),
  ...(settings.clientCertificate !== undefined && clientCertificate(settings.clientCertificate)),
  ...(settings.notFoundPage !== undefined && notFound(settings.notFoundPage)),
});

/** `NR`: Envoy found no route. What an upstream, a filter or a route answers stays as it is. */
const notFound = (page: ErrorPage): SettledFields => ({
  local_reply_config: {
    mappers: [
      {
        filter: { response_flag_filter: { flags: ['NR'] } },
        body_format_override: pageFormat(page),
        headers_to_add: pageHeaders(page),
      },
    ],
  },
});

const underscores = {
  RejectRequest: Underscores.REJECT_REQUEST,
  DropHeader: Underscores.DROP_HEADER,
} as const;

const speaksHttp1 = ({
  acceptsHttp10,
  allowsChunkedLength,
  properCase,
}: HttpSettings): SettledFields => {
  const options: Http1ProtocolOptions = {
    ...(acceptsHttp10 && { accept_http_10: true }),
    ...(allowsChunkedLength && { allow_chunked_length: true }),
    ...(properCase && { header_key_format: { proper_case_words: {} } }),
  };
  return Object.keys(options).length === 0 ? {} : { http_protocol_options: options };
};

const clientCertificate = ({ forward, tells }: ClientCertificateHeader): SettledFields => ({
  forward_client_cert_details: forwards[forward],
  ...(tells.length > 0 && {
    set_current_client_cert_details: {
      ...(tells.includes('subject') && { subject: { value: true } }),
      ...(tells.includes('cert') && { cert: true }),
      ...(tells.includes('chain') && { chain: true }),
      ...(tells.includes('dns') && { dns: true }),
      ...(tells.includes('uri') && { uri: true }),
    },
  }),
});

const forwards = {
  ForwardOnly: Forward.FORWARD_ONLY,
  AppendForward: Forward.APPEND_FORWARD,
  SanitizeSet: Forward.SANITIZE_SET,
  AlwaysForwardOnly: Forward.ALWAYS_FORWARD_ONLY,
} as const;
