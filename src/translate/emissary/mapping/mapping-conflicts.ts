import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { fieldsOn } from './mapping-fields.ts';
import { mappingHints } from './mapping-hints.ts';
import { mentions } from '../upstream/mentions.ts';
import { parseServiceAddress, type ServiceAddress } from '../upstream/service-address.ts';

type Spec = Mapping['spec'];

/** Looks for fields without effect: another one counts, or one is missing that they need. */
export const mappingConflicts = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const { surplus, scheme, foreignScheme } = parseServiceAddress(spec.service) ?? {};
  const isEntangled = mentions(spec, entangled);
  const isPlain = surplus !== true && foreignScheme === undefined;
  if (!isEntangled && isPlain && isPath(spec.prefix)) return noProblems;
  const findings = [
    ...(isEntangled ? both(spec, scheme) : []),
    ...when(
      surplus === true,
      'service',
      '[http://|https://]host[:port]; what follows has no effect',
      JSON.stringify(spec.service),
    ),
    ...(isEntangled ? alone(spec) : []),
    ...paths(spec),
    ...(isEntangled ? [...loadBalancer(spec), ...unknownWords(spec)] : []),
  ].map(([field, expected, got]): Problem => ({
    _tag: 'InvalidField',
    object,
    field: `spec.${field}`,
    expected,
    got,
  }));
  if (isEntangled) findings.push(...mappingHints(object, spec));
  if (foreignScheme === undefined) return findings;
  const note = `${foreignScheme}:// is read as ${scheme ?? 'http'}://`;
  return [...findings, { _tag: 'Note', object, field: 'spec.service', note }];
};

/** The methods of HTTP that everybody knows; others may be in lower case. */
const methods: ReadonlySet<string> = new Set([
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'],
]);

/** If a Mapping has none of these fields, only its path and its service can conflict. */
const entangled: ReadonlySet<string> = new Set(fieldsOn('conflict'));

type Finding = readonly [field: string, expected: string, got: string];

const when = (found: boolean, ...finding: Finding): readonly Finding[] =>
  found ? [finding] : nothing;

const nothing: readonly Finding[] = [];

/** Fields of which one takes the other's effect away. */
const both = (spec: Spec, scheme: ServiceAddress['scheme']): readonly Finding[] => {
  const redirects = [spec.path_redirect, spec.prefix_redirect, spec.regex_redirect];
  const authority = spec.headers?.[':authority'] !== undefined;
  const written = spec.rewrite !== undefined && spec.rewrite !== '';
  return [
    ...when(
      spec.hostname !== undefined && spec.host !== undefined,
      'host',
      'hostname or host, of which hostname counts',
      'both',
    ),
    ...when(
      authority && (spec.hostname ?? spec.host) !== undefined,
      'headers.:authority',
      'hostname, host or a header :authority, of which the first counts',
      'more than one',
    ),
    ...when(
      spec.rewrite !== undefined && spec.regex_rewrite?.pattern !== undefined,
      'rewrite',
      'rewrite or regex_rewrite, of which regex_rewrite counts',
      'both',
    ),
    ...when(
      spec.prefix_regex === true && written && spec.regex_rewrite?.pattern === undefined,
      'rewrite',
      'regex_rewrite with prefix_regex; rewrite has no effect',
      'both',
    ),
    ...when(
      spec.prefix_regex === true && spec.prefix_exact === true,
      'prefix_exact',
      'prefix_regex or prefix_exact, of which prefix_regex counts',
      'both',
    ),
    ...when(
      spec.prefix_regex === true && spec.case_sensitive === false,
      'case_sensitive',
      'a pattern that begins with "(?i)"; with prefix_regex case_sensitive has no effect',
      'false',
    ),
    ...when(
      spec.host_rewrite !== undefined && spec.auto_host_rewrite === true,
      'auto_host_rewrite',
      'host_rewrite or auto_host_rewrite, of which host_rewrite counts',
      'both',
    ),
    ...when(
      spec.shadow === true && spec.host_redirect === true,
      'host_redirect',
      'shadow or host_redirect, of which shadow counts',
      'both',
    ),
    ...when(
      redirects.filter((one) => one !== undefined).length > 1,
      'path_redirect',
      'one of path_redirect, prefix_redirect, regex_redirect',
      'more than one',
    ),
    ...when(
      scheme === 'http' && !['', 'false', undefined].includes(spec.tls),
      'tls',
      'http:// in service or tls, of which tls counts',
      'both',
    ),
  ];
};

/** Fields that do nothing without another one. */
const alone = (spec: Spec): readonly Finding[] => [
  ...(['path_redirect', 'prefix_redirect', 'regex_redirect', 'redirect_response_code'] as const)
    .filter((field) => spec[field] !== undefined && spec.host_redirect !== true)
    .map((field): Finding => [field, 'host_redirect with it', 'no host_redirect']),
  ...(['host', 'method'] as const)
    .filter((field) => spec[`${field}_regex`] === true && spec[field] === undefined)
    .map((field): Finding => [`${field}_regex`, `${field} with it`, `no ${field}`]),
  ...(['regex_rewrite', 'regex_redirect'] as const)
    .filter((field) => spec[field] !== undefined && spec[field].pattern === undefined)
    .map((field): Finding => [`${field}.pattern`, 'a regular expression', 'nothing']),
  ...(['add_request_headers', 'add_response_headers'] as const).flatMap((field) =>
    Object.entries(spec[field] ?? {})
      .filter(([, { value = '' }]) => value === '')
      .map(([name]): Finding => [
        `${field}.${name}.value`,
        'a value; a header without one is not added',
        'nothing',
      ]),
  ),
  ...when(
    spec.enable_ipv4 === false && spec.enable_ipv6 !== true,
    'enable_ipv4',
    'enable_ipv6 with it; without both IPv4 is used',
    'false',
  ),
  ...when(
    spec.retry_policy !== undefined && spec.retry_policy.retry_on === undefined,
    'retry_policy.retry_on',
    'what to retry on; nothing is retried without it',
    'nothing',
  ),
];

/**
 * Looks for paths that no request can have, and rewritten paths that no service can be asked for.
 */
const paths = ({ prefix, prefix_regex, rewrite = '' }: Spec): readonly Finding[] => [
  ...when(
    prefix_regex !== true && !isPath(prefix),
    'prefix',
    hasDots(prefix)
      ? 'a path without the segments "." and ".."; they are resolved before, so no request has them'
      : 'a path that begins with "/", without "?" and "#"; no request has another',
    JSON.stringify(prefix),
  ),
  ...when(
    rewrite !== '' && !rewrite.startsWith('/'),
    'rewrite',
    'a path that begins with "/", which is put before it',
    JSON.stringify(rewrite),
  ),
];

const isPath = (prefix: string): boolean =>
  prefix === '' || (/^\/[^?#]*$/.test(prefix) && !hasDots(prefix));

/** Envoy resolves the segments `.` and `..` before it looks for a route. */
const hasDots = (prefix: string): boolean => prefix.includes('/.') && /\/\.\.?(\/|$)/.test(prefix);

/** Only the hashing policies need something to hash, and that one thing. */
const loadBalancer = ({ load_balancer }: Spec): readonly Finding[] => {
  if (load_balancer === undefined) return [];
  const { policy, cookie, header, source_ip } = load_balancer;
  const hashed = [cookie, header, source_ip === true ? source_ip : undefined];
  const sources = hashed.filter((source) => source !== undefined).length;
  if (policy === 'ring_hash' || policy === 'maglev')
    return when(
      sources !== 1,
      'load_balancer',
      `exactly one of cookie, header, source_ip with ${policy}`,
      sources === 0 ? 'none' : 'more than one',
    );
  return when(
    sources > 0,
    'load_balancer',
    `no cookie, header or source_ip with ${policy}`,
    'something to hash',
  );
};

/** Fields that take a few words, and have no effect with any other. */
const unknownWords = ({
  dns_type,
  priority,
  method = '',
  method_regex,
}: Spec): readonly Finding[] => [
  ...when(
    method_regex !== true && !methods.has(method) && methods.has(method.toUpperCase()),
    'method',
    `${method.toUpperCase()}; methods are compared with their case, so no request has another`,
    JSON.stringify(method),
  ),
  ...when(
    !['', 'strict_dns', 'logical_dns', undefined].includes(dns_type),
    'dns_type',
    'strict_dns or logical_dns; strict_dns is used',
    JSON.stringify(dns_type),
  ),
  ...when(
    !['', 'default', 'high', undefined].includes(priority?.toLowerCase()),
    'priority',
    'default or high; default is used',
    JSON.stringify(priority),
  ),
];
