import test from 'ava';

import { headerValueExpected } from '../../../../src/problem/header-value.ts';
import { anObject, isAnswered } from './is-answered.ts';

const auth = (fields: string): string =>
  anObject('AuthService', `{ auth_service: shop, ${fields} }`);

const closes =
  '1:1 AuthService default/a: until it can be used, requests are answered 503, except those that are redirected and those of Mappings with bypass_auth';

// Whom an AuthService asks, and how.
test(
  'a URL for the address of an AuthService',
  isAnswered,
  anObject('AuthService', '{ auth_service: "http://shop/check" }'),
  '4:9 AuthService default/a: spec.auth_service: expected [http://|https://]host[:port]; what follows has no effect, got "http://shop/check"',
);
test(
  'a unix socket',
  isAnswered,
  anObject('AuthService', '{ auth_service: "unix:///tmp/x" }'),
  closes,
  '4:9 AuthService default/a: spec.auth_service: expected [http://|https://]host[:port], got "unix:///tmp/x"',
);
test(
  'a port that there is not',
  isAnswered,
  anObject('AuthService', '{ auth_service: "shop:65536" }'),
  closes,
  '4:9 AuthService default/a: spec.auth_service: expected [http://|https://]host[:port], got "shop:65536"',
);
test(
  'the address in a field of other kinds',
  isAnswered,
  anObject('AuthService', '{ service: shop }'),
  closes,
  '4:1 AuthService default/a: spec.auth_service: expected a string of at most 1024 characters without NUL and line breaks, got nothing',
  '4:9 AuthService default/a: spec.service: no such field; it has no effect',
);
test(
  'the metadata service of a cloud',
  isAnswered,
  anObject('AuthService', '{ auth_service: "169.254.169.254" }'),
  closes,
  '4:9 AuthService default/a: spec.auth_service: expected a service, got "169.254.169.254" (a link-local address, or the metadata service of a cloud; --allow-addresses link-local would allow it)',
);
test(
  'a path without its first slash',
  isAnswered,
  auth('path_prefix: check'),
  closes,
  '4:29 AuthService default/a: spec.path_prefix: expected a path that begins with / (at most 4096 characters without spaces and control characters), got "check"',
);
test(
  'a space in a path',
  isAnswered,
  auth('path_prefix: "/che ck"'),
  closes,
  '4:29 AuthService default/a: spec.path_prefix: expected a path that begins with / (at most 4096 characters without spaces and control characters), got "/che ck"',
);
test(
  'seconds for milliseconds',
  isAnswered,
  auth('timeout_ms: 5s'),
  closes,
  '4:29 AuthService default/a: spec.timeout_ms: expected an integer from 0 to 2147483647, got "5s"; did you mean 5000?',
);
test(
  'a negative timeout',
  isAnswered,
  auth('timeout_ms: -1'),
  closes,
  '4:29 AuthService default/a: spec.timeout_ms: expected an integer from 0 to 2147483647, got -1',
);
test(
  'a timeout of a year in nanoseconds',
  isAnswered,
  auth('timeout_ms: 31536000000000000'),
  closes,
  '4:29 AuthService default/a: spec.timeout_ms: expected an integer from 0 to 2147483647, got 31536000000000000',
);
test(
  'gRPC without its version',
  isAnswered,
  auth('proto: grpc'),
  closes,
  '4:1 AuthService default/a: spec.protocol_version: expected v3 with proto grpc; there is no other, got v2',
);
test(
  'a protocol in capitals',
  isAnswered,
  auth('proto: HTTP'),
  closes,
  '4:29 AuthService default/a: spec.proto: expected one of "http", "grpc", got "HTTP"; did you mean http?',
);
test(
  'a field for HTTP with gRPC',
  isAnswered,
  auth('proto: grpc, protocol_version: v3, path_prefix: /check'),
  '4:64 AuthService default/a: spec.path_prefix: expected proto http with it, got proto grpc',
);
test(
  'a pattern for headers',
  isAnswered,
  auth('allowed_request_headers: ["x-*"]'),
  '4:55 AuthService default/a: spec.allowed_request_headers[0]: expected the whole name of a header: * is no pattern, got x-*',
);
test(
  'one header for a list',
  isAnswered,
  auth('allowed_request_headers: x-tenant'),
  closes,
  '4:29 AuthService default/a: spec.allowed_request_headers: expected a list of at most 1000 entries, got "x-tenant"; did you mean ["x-tenant"]?',
);
test(
  'a header that frames messages',
  isAnswered,
  auth('allowed_authorization_headers: [content-length]'),
  '4:61 AuthService default/a: spec.allowed_authorization_headers[0]: expected a header that does not frame messages or connections; it is taken from no answer, got content-length',
);
test(
  'a field of old versions',
  isAnswered,
  auth('allowed_headers: [x-a]'),
  '4:29 AuthService default/a: spec.allowed_headers: no such field; it has no effect',
);
test(
  'a status as text',
  isAnswered,
  auth('status_on_error: { code: "403" }'),
  closes,
  '4:48 AuthService default/a: spec.status_on_error.code: expected an integer from 100 to 599, got "403"; did you mean 403?',
);
test(
  'a status without its code',
  isAnswered,
  auth('status_on_error: 403'),
  closes,
  '4:29 AuthService default/a: spec.status_on_error: expected an object, got 403',
);
test(
  'a status that Envoy does not have',
  isAnswered,
  auth('status_on_error: { code: 418 }'),
  '4:48 AuthService default/a: spec.status_on_error.code: expected a status that Envoy answers with, such as 403, 429 or 503; 403 is used, got 418',
);
test(
  'a body without saying what of a longer one',
  isAnswered,
  auth('include_body: { max_bytes: 10 }'),
  closes,
  '4:29 AuthService default/a: spec.include_body.allow_partial: expected true or false, got nothing',
);
test(
  'a body of more than 4 GiB',
  isAnswered,
  auth('include_body: { max_bytes: 4294967296, allow_partial: true }'),
  closes,
  '4:45 AuthService default/a: spec.include_body.max_bytes: expected an integer from 0 to 4294967295, got 4294967296',
);
test(
  'the failure mode of another kind',
  isAnswered,
  auth('failure_mode_deny: true'),
  '4:29 AuthService default/a: spec.failure_mode_deny: no such field; it has no effect',
);
test(
  'a TLSContext that is not there',
  isAnswered,
  auth('tls: nowhere'),
  closes,
  '4:29 AuthService default/a: spec.tls: TLSContext default/nowhere does not exist',
);
test(
  'a command in a header that does not tell of the request',
  isAnswered,
  auth('add_auth_headers: { x-a: "%ENVIRONMENT(HOME)%" }'),
  `4:49 AuthService default/a: spec.add_auth_headers.x-a: expected ${headerValueExpected}; it is sent as it is, got %ENVIRONMENT`,
);
test(
  'a slip in a Module that is an AuthService',
  isAnswered,
  anObject('Module', '{ config: { auth_service: shop, timout_ms: 5 } }', 'authentication'),
  '4:39 Module default/authentication: spec.config.timout_ms: no such field; it has no effect; did you mean timeout_ms?',
);
