import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import { describeProblem } from '../../../src/problem/show-problem.ts';
import { aListener, aMapping } from '../../_support/world/builders.ts';

const problemsOf = (raw: unknown): readonly string[] => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded' || decoding.item.object !== undefined) return [];
  return decoding.item.problems.map((problem) =>
    'field' in problem ? `${problem.field}: ${describeProblem(problem)}` : '',
  );
};

const isRefused = test.macro({
  exec: (t, spec: Readonly<Record<string, unknown>>, problem: string) => {
    t.deepEqual(problemsOf(aMapping('shop/web', spec)), [problem]);
  },
  title: (name = '') => `a Mapping may not have ${name}`,
});

test(
  'a weight above 100',
  isRefused,
  { weight: 101 },
  'spec.weight: expected an integer from 0 to 100, got 101',
);
test(
  'half a millisecond',
  isRefused,
  { timeout_ms: 0.5 },
  'spec.timeout_ms: expected an integer from 0 to 2147483647, got 0.5',
);
test(
  'a negative timeout',
  isRefused,
  { idle_timeout_ms: -1 },
  'spec.idle_timeout_ms: expected an integer from 0 to 2147483647, got -1',
);
test(
  'no time to connect',
  isRefused,
  { connect_timeout_ms: 0 },
  'spec.connect_timeout_ms: expected an integer from 1 to 2147483647, got 0',
);
test(
  'a number written as a string',
  isRefused,
  { timeout_ms: '3000' },
  'spec.timeout_ms: expected an integer from 0 to 2147483647, got "3000"; did you mean 3000?',
);
test(
  'a truth written as a string',
  isRefused,
  { grpc: 'yes' },
  'spec.grpc: expected true or false, got "yes"; did you mean true?',
);
test(
  'a redirect that is none',
  isRefused,
  { redirect_response_code: 304 },
  'spec.redirect_response_code: expected one of 301, 302, 303, 307, 308, got 304',
);
test(
  'an unknown load balancer',
  isRefused,
  { load_balancer: { policy: 'random' } },
  'spec.load_balancer.policy: expected one of "round_robin", "ring_hash", "maglev", "least_request", got "random"',
);
test(
  'a duration without a unit',
  isRefused,
  { retry_policy: { per_try_timeout: '2' } },
  'spec.retry_policy.per_try_timeout: expected a duration of at most 24 days, such as "1.5s" or "1h30m", got "2"',
);
test(
  'a max_age with a unit',
  isRefused,
  { cors: { max_age: '10s' } },
  'spec.cors.max_age: expected a number of seconds, as a string, got "10s"',
);
test(
  'a header value that begins another header',
  isRefused,
  { add_request_headers: { 'x-user': { value: 'a\r\nx-admin: 1' } } },
  'spec.add_request_headers.x-user.value: expected a header value of at most 4096 characters without NUL and line breaks, got "a\\r\\nx-admin: 1"',
);
test(
  'a header value of more than 4096 characters',
  isRefused,
  { headers: { a: 'é'.repeat(4097) } },
  `spec.headers.a: expected a header value of at most 4096 characters without NUL and line breaks, got "${'é'.repeat(78)}…`,
);
test(
  'a header name that is no token',
  isRefused,
  { headers: { 'x user': 'a' } },
  'spec.headers[x user]: expected a header name (an RFC 9110 token of at most 256 characters) or a pseudo-header, got "x user"',
);
for (const field of ['add_request_headers', 'add_response_headers'])
  for (const name of [
    'Host',
    'Connection',
    'content-length',
    'HTTP2-Settings',
    'Keep-Alive',
    'Proxy-Connection',
    'TE',
    'trailer',
    'Transfer-Encoding',
    'Upgrade',
    ':path',
    ':status',
    'x-envoy-attempt-count',
    'X-Envoy-Original-Dst-Host',
    'x_envoy_retry_on',
    'x-envoy_retry-on',
    'X-HEADGATE-SHARD',
    'x_headgate_sni',
  ])
    test(
      `${name} in ${field}`,
      isRefused,
      { [field]: { [name]: { value: 'a' } } },
      `spec.${field}${name.startsWith(':') ? `[${name}]` : `.${name}`}: expected a header name (an RFC 9110 token of at most 256 characters) that is not Host, does not frame messages or connections, and does not begin with x-envoy or x-headgate, got ${JSON.stringify(name)}`,
    );
test(
  'a pseudo-header removed',
  isRefused,
  { remove_request_headers: ['ok', ':path'] },
  'spec.remove_request_headers[1]: expected a header name (an RFC 9110 token of at most 256 characters) other than Host, got ":path"',
);
test(
  'a path of more than 4 KiB',
  isRefused,
  { prefix: '/'.repeat(4097) },
  `spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got "${'/'.repeat(78)}…`,
);
test(
  'a regular expression of more than 1,024 characters',
  isRefused,
  { regex_headers: { a: 'x'.repeat(1025) } },
  `spec.regex_headers.a: expected a regular expression of at most 1024 characters without NUL and line breaks, got "${'x'.repeat(78)}…`,
);
test(
  'a host name with a space',
  isRefused,
  { hostname: 'a b' },
  'spec.hostname: expected a host name or glob of at most 253 characters, got "a b"',
);
test(
  'more than 1,000 entries in a list',
  isRefused,
  { allow_upgrade: Array.from({ length: 1001 }, () => 'a') },
  `spec.allow_upgrade: expected a list of at most 1000 entries, got [${'"a",'.repeat(19)}"a…`,
);
test(
  'more than 1,000 entries in a map',
  isRefused,
  { headers: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`a${i}`, 'b'])) },
  'spec.headers: expected an object of at most 1000 entries, got {"a0":"b","a1":"b","a10":"b","a100":"b","a1000":"b","a101":"b","a102":"b","a103…',
);
test(
  'an empty list of health checks',
  isRefused,
  { health_checks: [] },
  'spec.health_checks: expected a list of 1 to 16 entries, got []',
);
test(
  'a health check of two kinds',
  isRefused,
  { health_checks: [{ health_check: { http: { path: '/' }, grpc: { upstream_name: 'a' } } }] },
  'spec.health_checks[0].health_check: expected an object with exactly one of http and grpc, got {"grpc":{"upstream_name":"a"},"http":{"path":"/"}}',
);
test(
  'text where an object is expected',
  isRefused,
  { cors: 'all' },
  'spec.cors: expected an object, got "all"',
);
test(
  'an ambassador_id that is a number',
  isRefused,
  { ambassador_id: 1 },
  'spec.ambassador_id: expected a list of at most 1000 entries, got 1',
);

test('every field at fault is named, once', (t) => {
  t.deepEqual(problemsOf({ ...aListener(), spec: { port: 0, protocolStack: ['HTTP', 'TPC'] } }), [
    'spec.port: expected an integer from 1 to 65535, got 0',
    'spec.securityModel: expected one of "XFP", "SECURE", "INSECURE", got nothing',
    'spec.hostBinding: expected an object, got nothing',
    'spec.protocolStack[1]: expected one of "HTTP", "PROXY", "TLS", "TCP", "UDP", got "TPC"; did you mean TCP?',
  ]);
});

const isTaken = test.macro({
  exec(t, fields: Record<string, unknown>) {
    t.like(decode(aMapping('shop/web', fields)), { _tag: 'Decoded', item: { problems: [] } });
  },
  title: (name = '') => `${name} is taken`,
});

test('a pseudo-header compared', isTaken, { headers: { ':authority': 'a', ':method': 'GET' } });
test('a pseudo-header hashed', isTaken, {
  load_balancer: { policy: 'ring_hash', header: ':path' },
});
test('a pseudo-header in a descriptor', isTaken, {
  labels: { a: [{ b: [{ request_headers: { key: 'c', header_name: ':authority' } }] }] },
});
