/**
 * What the API server says where the codec would read an object: rules for whoever writes one now,
 * which its translation reports too.
 */
export const admissionRules: readonly string[] = [
  'expected exactly one of protocol and protocolStack',
  'expected TCP or UDP as the last entry',
  'expected namespace or selector',
  'expected tls or tlsContext, not both',
  'expected a host name with at most one "*", at one end',
  'expected a host without "*"',
  'expected at most one of path_redirect, prefix_redirect, regex_redirect',
  'expected exactly one of cookie, header, source_ip',
  'expected none of cookie, header, source_ip',
  'expected no min above max',
  'expected no min_tls_version above max_tls_version',
  'expected v3 with proto grpc',
  'expected v3; there is no other protocol_version',
  'expected no additional_log_headers with driver tcp',
  'expected exactly one of environment, literal, request_header',
  'expected HTTP_JSON or HTTP_PROTO',
  'expected zipkin, datadog or opentelemetry',
];
