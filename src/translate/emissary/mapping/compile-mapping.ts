import { definedOnly } from '../../../collection/defined-only.ts';
import { interning } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import { isIpV6 } from '../../../ir/address/ip-address.ts';
import { namespaceOf, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Redirect } from '../../../ir/route.ts';
import type { SpecialUse } from '../../../ir/address/special-address.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { refusedUse, showRefused } from '../../contribution/refused-addresses.ts';
import { trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { CompiledMapping, Target } from './compiled-mapping.ts';
import {
  clusterIdentity,
  loadBalancers,
  mappingCluster,
  originatesTls,
  serviceKey,
  type ClusterSource,
  type Resolver,
} from './mapping-cluster.ts';
import { mappingFaults, wantsTlsContext } from './mapping-faults.ts';
import type { SpecOn } from './mapping-fields.ts';
import { mappingMatch } from './mapping-match.ts';
import { headerValues, mappingSettings } from './mapping-settings.ts';
import { resolverNamed, type ResolverTables } from './resolver.ts';
import { parseServiceAddress, type ServiceAddress } from './service-address.ts';

/** What a Mapping is compiled with: resolvers, and the TCP ports of each Service. */
export type MappingTables = ResolverTables & { readonly ports: readonly number[] };

/** A Mapping without a target: nothing is routed by it, and its problems say why. */
export type Unusable = Pick<CompiledMapping, 'key' | 'ref' | 'problems'>;

/** Whether a compiled Mapping can route. */
export const isUsable = (compiled: CompiledMapping | Unusable): compiled is CompiledMapping =>
  'target' in compiled;

/**
 * Compiles a Mapping. Whatever is wrong becomes a problem and does as little harm as possible: only
 * the field is ignored if the rest makes sense without it, else only this Mapping.
 */
export const compileMapping =
  (options: TranslateOptions) =>
  (mapping: Mapping, key: ObjectKey, read: Read<MappingTables>): CompiledMapping | Unusable => {
    const { spec, metadata } = mapping;
    const ref = objectRef('Mapping', key);
    const { fatal, minor } = mappingFaults(ref, spec);
    const found = upstream(mapping, ref, options, read);
    const isSound = fatal.length + minor.length + found.problems.length === 0;
    const problems = isSound ? noProblems : [...fatal, ...minor, ...found.problems];
    if (fatal.length > 0 || found.target === undefined) return { key, ref, problems };
    const { host, match, precedence, method } = mappingMatch(spec);
    const { add_request_headers, add_response_headers, weight }: SpecOn<'member'> = spec;
    // All results have the same fields, also the absent ones: V8 stores objects of one shape in
    // less memory.
    return {
      key,
      ref,
      hostname: host.hostname,
      hostRegex: host.hostRegex,
      labels: metadata.labels,
      precedence,
      method,
      match,
      target: found.target,
      settings: mappingSettings(spec),
      weight,
      addRequestHeaders: add_request_headers && headerValues(add_request_headers),
      addResponseHeaders: add_response_headers && headerValues(add_response_headers),
      problems,
    };
  };

interface Found {
  readonly target?: Target;
  readonly problems: readonly Problem[];
}

/**
 * Where the requests go. A shadow takes precedence over a redirect, and a redirect needs no
 * upstream. Nothing is sent to a service that is to be reached with a TLSContext: without it, the service
 * would not be verified.
 */
const upstream = (
  mapping: Mapping,
  ref: CompiledMapping['ref'],
  options: TranslateOptions,
  read: Read<MappingTables>,
): Found => {
  const { spec, metadata } = mapping;
  const ownNamespace = options.namespace;
  const { service, resolver: name, shadow, host_redirect }: SpecOn<'target'> = spec;
  const address = parseServiceAddress(service);
  if (address === undefined) return { problems: wrongService(ref, form, JSON.stringify(service)) };
  if (host_redirect === true && shadow !== true)
    return { target: redirect(spec, address), problems: noProblems };
  if (wantsTlsContext(spec))
    return shadow === true ? { problems: noProblems } : { target: closed, problems: noProblems };
  const resolver = resolverNamed(name, metadata.namespace, options, read);
  if (resolver === undefined)
    return {
      problems: [
        {
          _tag: 'NotFound',
          object: ref,
          field: 'spec.resolver',
          target: objectRef('Resolver', `${metadata.namespace}/${name ?? ''}`),
        },
      ],
    };
  const use = refusedUseOf(address, resolver, options);
  if (use !== undefined)
    return { problems: wrongService(ref, 'a service', showRefused(service, use)) };
  const { port, problems } = servicePort(mapping, ref, address, resolver, read);
  const { namespace } = metadata;
  const source = { spec, namespace, ownNamespace, address, resolver, port };
  const target =
    shadow === true
      ? shadowTo(source, trustedNamespaces(options).includes(namespace))
      : forwardTo(source);
  const { load_balancer } = spec;
  return {
    target,
    problems:
      load_balancer === undefined
        ? problems
        : [...problems, ...unbalanced(ref, load_balancer, target.cluster)],
  };
};

const closed: Target = { _tag: 'Closed' };

const form = '[http://|https://]host[:port]';

const wrongService = (
  object: CompiledMapping['ref'],
  expected: string,
  got: string,
): readonly Problem[] => [{ _tag: 'InvalidField', object, field: 'spec.service', expected, got }];

/** With the endpoint resolver a name is that of a Service, whatever it means in DNS. */
const refusedUseOf = (
  { special, literal, host }: ServiceAddress,
  resolver: Resolver,
  options: TranslateOptions,
): SpecialUse | undefined =>
  special === true && (literal || resolver === 'service') ? refusedUse(options, host) : undefined;

type Balanced = Extract<Target, { readonly cluster: Cluster }>;

/** Most Mappings share their cluster with others. */
const forwardTo = (source: ClusterSource): Balanced =>
  knownTargets(clusterIdentity(source), () => ({
    _tag: 'Forward',
    cluster: mappingCluster(source),
  }));

const knownTargets = interning<Balanced>();

const shadowTo = (source: ClusterSource, isTrusted: boolean): Balanced => ({
  _tag: 'Shadow',
  cluster: mappingCluster(source),
  ...(isTrusted && { trusted: true }),
});

/** Only the addresses behind a Service can be balanced; DNS may give no more than the Service. */
const unbalanced = (
  object: CompiledMapping['ref'],
  load_balancer: NonNullable<Mapping['spec']['load_balancer']>,
  cluster: Cluster,
): readonly Problem[] =>
  loadBalancers[load_balancer.policy]._tag === cluster.loadBalancer._tag
    ? []
    : [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.load_balancer.policy',
          expected: 'the endpoint resolver with it; round_robin is used',
          got: load_balancer.policy,
        },
      ];

/** The port written, else that of a Service with a single one, else what the scheme implies. */
const servicePort = (
  { spec, metadata }: Mapping,
  object: CompiledMapping['ref'],
  address: ServiceAddress,
  resolver: Resolver,
  read: Read<MappingTables>,
): { readonly port: number; readonly problems: readonly Problem[] } => {
  const implied = address.port ?? (originatesTls(spec, address) ? 443 : 80);
  if (resolver !== 'endpoint' || address.literal) return { port: implied, problems: noProblems };
  const key = serviceKey(address.host, metadata.namespace);
  const ports = read('ports', key);
  const [only, ...others] = ports ?? [];
  if (address.port === undefined && only !== undefined && others.length === 0)
    return { port: only, problems: noProblems };
  if (ports?.includes(implied) === true) return { port: implied, problems: noProblems };
  const reference = { object, field: 'spec.service', target: objectRef('Service', key) };
  if (namespaceOf(key) !== metadata.namespace)
    return { port: implied, problems: [{ _tag: 'RefNotUsable', ...reference }] };
  return {
    port: implied,
    problems: [
      ports === undefined
        ? { _tag: 'NotFound', ...reference }
        : { _tag: 'PortNotFound', ...reference, port: String(implied), ports },
    ],
  };
};

const redirect = (spec: SpecOn<'target'>, address: ServiceAddress): Redirect =>
  definedOnly<Redirect>({
    _tag: 'Redirect',
    scheme: address.scheme === 'https' ? 'https' : undefined,
    host: authority(address),
    path: redirectPath(spec),
    code: spec.redirect_response_code ?? 301,
  });

const authority = ({ host, port }: ServiceAddress): string => {
  const name = isIpV6(host) ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
};

/** `path_redirect` beats `prefix_redirect`, which beats `regex_redirect`. */
const redirectPath = (spec: SpecOn<'target'>): Redirect['path'] => {
  const { path_redirect, prefix_redirect, regex_redirect } = spec;
  if (path_redirect !== undefined) return { _tag: 'Full', value: path_redirect };
  if (prefix_redirect !== undefined) return { _tag: 'Prefix', value: prefix_redirect };
  if (regex_redirect?.pattern === undefined) return undefined;
  const { pattern, substitution = '' } = regex_redirect;
  return { _tag: 'Regex', pattern, substitution };
};
