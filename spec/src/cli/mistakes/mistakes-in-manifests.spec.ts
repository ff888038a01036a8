import test from 'ava';

import { aMapping, anObject, aRoute, isAnswered } from './is-answered.ts';

const [hostname, prefix, service] = ["hostname: '*'", 'prefix: /a/', 'service: shop'];

// The file.
test('a tab', isAnswered, 'kind: Mapping\n\tspec: 1\n', '2:1: Tabs are not allowed as indentation');
test(
  'a key twice',
  isAnswered,
  aMapping(hostname, hostname, prefix, service),
  '6:3: the key hostname is there twice',
);
test(
  'wrong indentation',
  isAnswered,
  aMapping(hostname, service) + '\nprefix: /a/\n',
  '4:1 Mapping default/a: spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got nothing',
  '7:1 Mapping default/a: prefix: no such field; it has no effect; did you mean spec.prefix?',
);
test(
  'no YAML object',
  isAnswered,
  'just words\n',
  '1:1 Object default/?: expected a Kubernetes object, got a string',
);
test(
  'an alias for nothing',
  isAnswered,
  aMapping(hostname, 'prefix: *p', service),
  '6:11: *p stands for nothing: no &p is before it',
);
test(
  'a template',
  isAnswered,
  aMapping('hostname: {{ .Values.host }}', prefix, service),
  '5:14: a key must be a plain value; this is a template: check what it renders, as in helm template CHART | headgate check -',
);
test(
  'an object twice',
  isAnswered,
  `${aMapping(hostname, prefix, service)}\n---\n${aMapping(hostname, prefix, service)}`,
  '9:1 Mapping default/a: is defined already in mistake.yaml:1, which counts',
);

// What it is.
test(
  'a slip in the kind',
  isAnswered,
  anObject('Maping', '{}'),
  '2:1 Maping default/a: kind: expected a kind of getambassador.io, got "Maping"; did you mean Mapping?',
);
test(
  'a slip in the group',
  isAnswered,
  aMapping(hostname, prefix, service).replace('getambassador', 'getambasador'),
  '1:1 Mapping default/a: apiVersion: expected getambassador.io/v3alpha1, got "getambasador.io/v3alpha1"',
);
test(
  'a version that never was',
  isAnswered,
  aMapping(hostname, prefix, service).replace('v3alpha1', 'v3'),
  '1:1 Mapping default/a: apiVersion: expected getambassador.io/v3alpha1, got getambassador.io/v3',
);
test(
  'a route in the group of Ingresses',
  isAnswered,
  aRoute('{}').replace('gateway.', ''),
  '1:1 HTTPRoute default/a: apiVersion: expected gateway.networking.k8s.io/v1, got "networking.k8s.io/v1"',
);
test(
  'no name',
  isAnswered,
  aMapping(hostname, prefix, service).replace('name: a', ''),
  '3:1 Mapping default/?: metadata.name: expected a lower-case RFC 1123 name of at most 253 characters, got nothing',
);
test(
  'an Ingress of ours for something else than a Service',
  isAnswered,
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a }\nspec: { ingressClassName: ambassador, defaultBackend: { resource: { kind: Bucket, name: b } } }',
  '4:57 Ingress default/a: spec.defaultBackend.resource: expected a Service; to objects of other kinds nothing is sent, got another object',
);
test(
  'an Ingress of ours without anything',
  isAnswered,
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a }\nspec: { ingressClassName: ambassador }',
  '4:1 Ingress default/a: spec: it has no rules and no defaultBackend, so no request is for it',
);
test(
  'a kind that has no effect',
  isAnswered,
  anObject('DevPortal', '{ default: true }'),
  '1:1 DevPortal default/a: no effect: it is for Ambassador Edge Stack',
);

// Fields.
test(
  'no prefix',
  isAnswered,
  aMapping(hostname, service),
  '4:1 Mapping default/a: spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got nothing',
);
test(
  'a prefix without a slash',
  isAnswered,
  aMapping(hostname, 'prefix: a/', service),
  '6:3 Mapping default/a: spec.prefix: expected a path that begins with "/", without "?" and "#"; no request has another, got "a/"',
);
test(
  'no hostname',
  isAnswered,
  aMapping(prefix, service),
  '4:1 Mapping default/a: spec.hostname: no Host takes this Mapping; its hostname is missing; expected it, or a Host with a mappingSelector for its labels that takes Mappings of namespace default',
);
test(
  'a slip in a field',
  isAnswered,
  aMapping(hostname, prefix, service, 'time_out_ms: 5'),
  '8:3 Mapping default/a: spec.time_out_ms: no such field; it has no effect; did you mean timeout_ms?',
);
test(
  'seconds for milliseconds',
  isAnswered,
  aMapping(hostname, prefix, service, 'timeout_ms: 5s'),
  '8:3 Mapping default/a: spec.timeout_ms: expected an integer from 0 to 2147483647, got "5s"; did you mean 5000?',
);
test(
  'a number in quotation marks',
  isAnswered,
  aMapping(hostname, prefix, service, 'weight: "50"'),
  '8:3 Mapping default/a: spec.weight: expected an integer from 0 to 100, got "50"; did you mean 50?',
);
test(
  'a truth in quotation marks',
  isAnswered,
  aMapping(hostname, prefix, service, 'grpc: "no"'),
  '8:3 Mapping default/a: spec.grpc: expected true or false, got "no"; did you mean false?',
);
test(
  'a weight above 100',
  isAnswered,
  aMapping(hostname, prefix, service, 'weight: 150'),
  '8:3 Mapping default/a: spec.weight: expected an integer from 0 to 100, got 150',
);
test(
  'an expression that RE2 cannot read',
  isAnswered,
  aMapping(hostname, 'prefix: "/a/(?=b)"', 'prefix_regex: true', service),
  '6:3 Mapping default/a: spec.prefix: expected an RE2 regular expression of at most 200 steps, got "/a/(?=b)" (error parsing regexp: invalid or unsupported Perl syntax: `(?=`)',
);
test(
  'a line break in a header',
  isAnswered,
  aMapping(hostname, prefix, service, 'add_response_headers: { x-a: "a\\r\\nb" }'),
  '8:27 Mapping default/a: spec.add_response_headers.x-a.value: expected a header value of at most 4096 characters without NUL and line breaks, got "a\\r\\nb"',
);
test(
  'a word that is none of a list',
  isAnswered,
  aMapping(hostname, prefix, service, 'retry_policy: { retry_on: 5xxx }'),
  '8:19 Mapping default/a: spec.retry_policy.retry_on: expected one of "5xx", "gateway-error", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", got "5xxx"; did you mean 5xx?',
);
test(
  'circuit breakers as a map',
  isAnswered,
  aMapping(hostname, prefix, service, 'circuit_breakers: { max_retries: 3 }'),
  '8:3 Mapping default/a: spec.circuit_breakers: expected a list of at most 1000 entries, got {"max_retries":3}; did you mean [{"max_retries":3}]?',
);
test(
  'a load balancer without endpoints',
  isAnswered,
  aMapping(hostname, prefix, service, 'load_balancer: { policy: ring_hash, source_ip: true }'),
  '8:20 Mapping default/a: spec.load_balancer.policy: expected the endpoint resolver with it; round_robin is used, got ring_hash',
);
