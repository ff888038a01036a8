import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import type { Gateway } from '../envoy/a-gateway.ts';
import { host, listener, mapping, service, slice, tlsSecret } from './routing-manifests.ts';

/** Manifests that use every field that is translated, so that every message is sent in full. */
export const everyFeature = (ports: Gateway['ports'], certificate: KeyPair): string =>
  listener('http', ports.http, { more: 'l7Depth: 2\n  statsPrefix: front' }) +
  listener('https', ports.https, {
    protocol: 'HTTPSPROXY',
    more: 'http2MaxConcurrentStreams: 50',
  }) +
  listener('other', ports.other, { protocol: 'HTTPS', tlsLayout: 'on-demand' }) +
  tlsSecret('tls', certificate) +
  host('*.dumped.example', 'tlsSecret: { name: tls }') +
  host('one.dumped.example', 'tlsSecret: { name: tls }') +
  host('open.example', 'requestPolicy: { insecure: { action: Route } }') +
  service('web') +
  slice('web-1', 'web', 'ports: [{ port: 80 }]\nendpoints: [{ addresses: [127.0.0.1] }]') +
  service('empty') +
  mapping(
    'matching',
    'web',
    `prefix: /matching/, case_sensitive: false, resolver: endpoint, precedence: 3,
     method: GET, headers: { x-a: b }, regex_headers: { x-b: 'c.*' },
     query_parameters: { q: r }, regex_query_parameters: { s: 't.*' },
     load_balancer: { policy: ring_hash, cookie: { name: c, path: /, ttl: 60s } }`,
  ) +
  mapping(
    'handling',
    'https://localhost:1',
    `prefix: '/handling/.*', prefix_regex: true,
     regex_rewrite: { pattern: 'a(b)', substitution: 'c' }, host_rewrite: inner.example,
     timeout_ms: 1500, idle_timeout_ms: 2500, priority: high,
     retry_policy: { retry_on: gateway-error, num_retries: 3, per_try_timeout: 250ms },
     cors: { origins: ['https://a.example'], methods: [GET], headers: [x], exposed_headers: [y],
             credentials: true, max_age: '60' },
     allow_upgrade: [websocket, spdy/3.1],
     add_request_headers: { x-c: { value: '100%' }, x-d: { value: d, append: false } },
     remove_request_headers: [x-e],
     add_response_headers: { x-f: { value: f } }, remove_response_headers: [x-g]`,
  ) +
  mapping(
    'upstream',
    'localhost:1',
    `prefix: /upstream, prefix_exact: true, auto_host_rewrite: true, grpc: true,
     dns_type: logical_dns, respect_dns_ttl: true, enable_ipv6: true,
     connect_timeout_ms: 1234, cluster_idle_timeout_ms: 60000,
     cluster_max_connection_lifetime_ms: 120000, stats_name: stats, cluster_tag: tag,
     keepalive: { probes: 3, idle_time: 60, interval: 10 },
     circuit_breakers: [
       { max_connections: 1, max_pending_requests: 2, max_requests: 3, max_retries: 4 },
       { priority: high, max_requests: 5 },
     ]`,
  ) +
  mapping(
    'maglev',
    'empty',
    'prefix: /maglev/, resolver: endpoint, load_balancer: { policy: maglev, header: x-user }',
  ) +
  mapping(
    'source',
    'web',
    'prefix: /source/, resolver: endpoint, load_balancer: { policy: ring_hash, source_ip: true }',
  ) +
  mapping(
    'least',
    'web',
    'prefix: /least/, resolver: endpoint, load_balancer: { policy: least_request }',
  ) +
  mapping('shadow', 'web', 'prefix: /least/, shadow: true, weight: 20') +
  mapping('canary', '192.0.2.1:80', 'prefix: /least/, weight: 33') +
  mapping(
    'to-path',
    'https://other.example',
    'prefix: /to-path, host_redirect: true, path_redirect: /p',
  ) +
  mapping(
    'to-prefix',
    'other.example',
    'prefix: /to-prefix, host_redirect: true, prefix_redirect: /p, redirect_response_code: 308',
  ) +
  mapping(
    'to-regex',
    'other.example',
    "prefix: /to-regex, host_redirect: true, regex_redirect: { pattern: 'a', substitution: 'b' }",
  ) +
  mapping(
    'by-regex',
    'web',
    "prefix: /by-regex, host: '[a-z]+[.]example', host_regex: true, method: 'P.*', method_regex: true",
  ) +
  mapping('by-suffix', 'web', "prefix: /by-suffix, hostname: '*.example'") +
  mapping('by-prefix', 'web', "prefix: /by-prefix, hostname: 'open.*'");
