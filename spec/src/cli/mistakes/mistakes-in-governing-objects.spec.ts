import test from 'ava';

import { anObject, isAnswered } from './is-answered.ts';

const limits = (fields: string): string =>
  anObject('RateLimitService', `{ service: shop, ${fields} }`);
const labelled = (labels: string): string =>
  anObject('Mapping', `{ hostname: '*', prefix: /a/, service: shop, labels: ${labels} }`);
const logs = (fields: string): string =>
  anObject('LogService', `{ service: shop, driver: http, ${fields} }`);
const traces = (fields: string): string =>
  anObject('TracingService', `{ service: shop, driver: zipkin, ${fields} }`);
const module = (keys: string): string =>
  anObject('Module', `{ config: { ${keys} } }`, 'ambassador');

const closesAll =
  '1:1 Module default/ambassador: until it can be used, all requests are answered 503, except those that are redirected';

// What is limited.
test(
  'a protocol that Envoy does not speak any more',
  isAnswered,
  limits('protocol_version: v2'),
  '4:24 RateLimitService default/a: spec.protocol_version: expected v3; Envoy speaks no other, so the service is not called, got v2',
);
test(
  'the failure mode of an AuthService',
  isAnswered,
  limits('failure_mode_allow: true'),
  '4:24 RateLimitService default/a: spec.failure_mode_allow: no such field; it has no effect',
);
test(
  'labels without a group',
  isAnswered,
  labelled('{ ambassador: [{ remote_address: {} }] }'),
  '4:77 Mapping default/a: spec.labels.ambassador[0].remote_address: expected a list of at most 1000 entries, got {}; did you mean [{}]?',
);
test(
  'labels as an object',
  isAnswered,
  labelled('{ ambassador: { a: [] } }'),
  '4:62 Mapping default/a: spec.labels.ambassador: expected a list of at most 1000 entries, got {"a":[]}; did you mean [{"a":[]}]?',
);
test(
  'a header without a key in labels',
  isAnswered,
  labelled('{ ambassador: [{ a: [{ request_headers: { header_name: x } }] }] }'),
  '4:83 Mapping default/a: spec.labels.ambassador[0].a[0].request_headers.key: expected a string of at most 253 characters without NUL and line breaks, got nothing',
);
test(
  'labels of a domain that no service has',
  isAnswered,
  labelled('{ ambasador: [{ a: [{ remote_address: { key: remote_address } }] }] }'),
  '4:62 Mapping default/a: spec.labels.ambasador: no RateLimitService that can be asked has the domain ambasador: nothing is limited by them',
);

// Who is told of requests.
test(
  'headers to log by their names alone',
  isAnswered,
  logs('driver_config: { additional_log_headers: [x-a] }'),
  '4:80 LogService default/a: spec.driver_config.additional_log_headers[0]: expected an object, got "x-a"',
);
test(
  'a header to log that is none',
  isAnswered,
  logs('driver_config: { additional_log_headers: [{ header_name: "x a" }] }'),
  '4:82 LogService default/a: spec.driver_config.additional_log_headers[0].header_name: expected a header name (an RFC 9110 token of at most 256 characters) or a pseudo-header, got "x a"',
);
test(
  'a header to log never',
  isAnswered,
  logs(
    'driver_config: { additional_log_headers: [{ header_name: x-a, during_request: false, during_response: false, during_trailer: false }] }',
  ),
  '4:80 LogService default/a: spec.driver_config.additional_log_headers[0]: no effect: during_request, during_response, during_trailer are false',
);
test(
  'an interval with a unit',
  isAnswered,
  logs('flush_interval_time: 5s'),
  '4:38 LogService default/a: spec.flush_interval_time: expected an integer from 0 to 4294967295, got "5s"',
);
test(
  'a tracer that there is not',
  isAnswered,
  anObject('TracingService', '{ service: shop, driver: jaeger }'),
  '4:24 TracingService default/a: spec.driver: expected one of "lightstep", "zipkin", "datadog", "opentelemetry", got "jaeger"',
);
test(
  'a tracer that there is no more',
  isAnswered,
  anObject('TracingService', '{ service: shop, driver: lightstep }'),
  '4:24 TracingService default/a: spec.driver: expected zipkin, datadog or opentelemetry; Envoy has no lightstep any more, so nothing is traced (Lightstep takes OpenTelemetry), got lightstep',
);
test(
  'a fraction for percent',
  isAnswered,
  traces('sampling: { random: 0.5 }'),
  '4:52 TracingService default/a: spec.sampling.random: expected an integer from 0 to 100, got 0.5',
);
test(
  'a URL for a path',
  isAnswered,
  traces('config: { collector_endpoint: "http://zipkin:9411/api/v2/spans" }'),
  '4:50 TracingService default/a: spec.config.collector_endpoint: expected a path that begins with / (at most 4096 characters without spaces and control characters), got "http://zipkin:9411/api/v2/spans"',
);
test(
  'two tags of one name',
  isAnswered,
  traces('custom_tags: [{ tag: a, literal: { value: x } }, { tag: a, literal: { value: y } }]'),
  '4:91 TracingService default/a: spec.custom_tags[1].tag: expected another name: a span has one tag of each, got a',
);
test(
  'a tag without a value',
  isAnswered,
  traces('custom_tags: [{ tag: a }]'),
  '4:54 TracingService default/a: spec.custom_tags[0]: expected exactly one of environment, literal, request_header; this tag is left out, got none',
);

// The settings of the gateway.
test(
  'a Module of another name',
  isAnswered,
  anObject('Module', '{ config: { server_name: x } }'),
  '3:13 Module default/a: metadata.name: a Module has the settings of the gateway if its name is "ambassador", and else no effect',
);
test(
  'settings beside config',
  isAnswered,
  anObject('Module', '{ server_name: x }', 'ambassador'),
  '4:1 Module default/ambassador: spec.config: expected an object, got nothing',
  '4:9 Module default/ambassador: spec.server_name: no such field; it has no effect',
);
test(
  'a slip in a key',
  isAnswered,
  module('sever_name: x'),
  '4:19 Module default/ambassador: spec.config.sever_name: no such field; it has no effect; did you mean server_name?',
);
test(
  'addresses without peer or remote',
  isAnswered,
  module('ip_allow: [10.0.0.0/8]'),
  closesAll,
  '4:30 Module default/ambassador: spec.config.ip_allow[0]: expected an object, got "10.0.0.0/8"',
);
test(
  'a block that is none',
  isAnswered,
  module('ip_allow: [{ peer: 10.0.0.0/33 }]'),
  '4:32 Module default/ambassador: spec.config.ip_allow[0].peer: expected an IP address or a CIDR block, got "10.0.0.0/33"',
);
test(
  'a truth as text',
  isAnswered,
  module('use_remote_address: "true"'),
  closesAll,
  '4:19 Module default/ambassador: spec.config.use_remote_address: expected true or false, got "true"; did you mean true?',
);
test(
  'a probe without its first slash',
  isAnswered,
  module('readiness_probe: { prefix: ready }'),
  '4:38 Module default/ambassador: spec.config.readiness_probe.prefix: expected a path that begins with /; nothing is answered, got ready',
);
test(
  'a probe that takes every request',
  isAnswered,
  module('readiness_probe: { prefix: / }'),
  '4:38 Module default/ambassador: spec.config.readiness_probe.prefix: expected the path of the probe; Envoy itself answers every request, and none is forwarded, got /',
);
test(
  'a slip in defaults of labels',
  isAnswered,
  module('default_labels: { ambassador: { default: [] } }'),
  '4:51 Module default/ambassador: spec.config.default_labels.ambassador.default: no such field; it has no effect; did you mean defaults?',
);
test(
  'a status to retry on',
  isAnswered,
  module('retry_policy: { retry_on: 503 }'),
  closesAll,
  '4:35 Module default/ambassador: spec.config.retry_policy.retry_on: expected one of "5xx", "gateway-error", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", got 503',
);
