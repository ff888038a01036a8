import { definedOnly } from '../../../collection/defined-only.ts';
import { interning } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import { isIpV6 } from '../../../ir/address/ip-address.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Redirect } from '../../../ir/route.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { gatewayModule } from '../../../kube/emissary/module/module.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { MappingDefaults } from '../module/mapping-defaults.ts';
import { headerValues } from '../upstream/header-values.ts';
import { asWritten, writtenRef } from '../ingress/ingress-part.ts';
import { mappingLimits, type LimitTables } from '../limit/mapping-limits.ts';
import { parseServiceAddress, type ServiceAddress } from '../upstream/service-address.ts';
import { noAddress, upstreamOf } from '../upstream/upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import type { CompiledMapping, Settings, Target } from './compiled-mapping.ts';
import { errorPages } from './error-pages.ts';
import { linkerdHeader } from './linkerd-header.ts';
import { mappingFaults } from './mapping-faults.ts';
import type { SpecOn } from './mapping-fields.ts';
import { mappingMatch } from './mapping-match.ts';
import { mappingSettings } from './mapping-settings.ts';

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
  (
    mapping: Mapping,
    key: ObjectKey,
    read: Read<UpstreamTables & LimitTables>,
  ): CompiledMapping | Unusable => {
    const { spec, metadata } = mapping;
    const ref = writtenRef('Mapping', key);
    const { fatal, minor } = mappingFaults(ref, spec);
    const found = upstream(mapping, ref, options, read);
    const labelled = mappingLimits(ref, spec.labels, read);
    const all = [fatal, minor, found.problems, labelled.problems];
    const isSound = all.every((some) => some.length === 0);
    const problems = isSound ? noProblems : asWritten(key, all.flat());
    if (fatal.length > 0 || found.target === undefined) return { key, ref, problems };
    const { host, match, precedence, method } = mappingMatch(spec);
    const { add_response_headers, weight }: SpecOn<'member'> = spec;
    const defaults = read('defaults', gatewayModule);
    // All results have the same fields, also the absent ones: V8 stores objects of one shape in
    // less memory.
    const compiled: CompiledMapping = {
      key,
      ref,
      hostname: host.hostname,
      hostRegex: host.hostRegex,
      labels: metadata.labels,
      precedence,
      method,
      match,
      target: found.target,
      settings: withLimits(withTimeout(mappingSettings(spec), defaults?.timeout), labelled.limits),
      weight,
      addRequestHeaders: addedToRequests(spec, found.target, defaults),
      addResponseHeaders:
        add_response_headers === undefined
          ? defaults?.addResponseHeaders
          : headerValues(add_response_headers),
      problems,
    };
    return withRareFields(compiled, found.context, defaults?.shared, pagesOf(spec, defaults));
  };

/** Fields that most Mappings do not have take no memory in those. */
const withRareFields = (
  compiled: CompiledMapping,
  context: CompiledMapping['context'] | undefined,
  defaults: CompiledMapping['defaults'],
  errorPages: CompiledMapping['errorPages'],
): CompiledMapping =>
  context === undefined && defaults === undefined && errorPages === undefined
    ? compiled
    : { ...compiled, ...definedOnly<RareFields>({ context, defaults, errorPages }) };

type RareFields = Pick<CompiledMapping, 'context' | 'defaults' | 'errorPages'>;

/** Its own pages count instead of those of the Module, as in Emissary. */
const pagesOf = (
  { error_response_overrides: own, bypass_error_response_overrides: bypasses }: SpecOn<'member'>,
  defaults: MappingDefaults | undefined,
): CompiledMapping['errorPages'] => {
  if (bypasses === true) return undefined;
  return own === undefined ? defaults?.errorPages : errorPages(own);
};

const withTimeout = (settings: Settings, timeout: number | undefined): Settings =>
  timeout === undefined ? settings : { timeout, ...settings };

const withLimits = (settings: Settings, limits: Settings['limits']): Settings =>
  limits === undefined ? settings : { ...settings, limits };

/** The header for Linkerd counts instead of one that is written. */
const addedToRequests = (
  { add_request_headers: written, add_linkerd_headers }: SpecOn<'member'>,
  target: Target,
  defaults: MappingDefaults | undefined,
): CompiledMapping['addRequestHeaders'] => {
  const values = written === undefined ? defaults?.addRequestHeaders : headerValues(written);
  if ((add_linkerd_headers ?? defaults?.addLinkerdHeaders) !== true || target._tag !== 'Forward')
    return values;
  const added = linkerdHeader(target.cluster);
  return [...(values ?? []).filter(({ name }) => name.toLowerCase() !== added.name), added];
};

interface Found {
  readonly target?: Target;
  readonly context?: ObjectKey;
  readonly problems: readonly Problem[];
}

/**
 * Where the requests go. A shadow takes precedence over a redirect, and a redirect needs no
 * upstream. Nothing is sent to a service that is to be reached with a TLSContext which cannot be used:
 * without it, the service would not be verified.
 */
const upstream = (
  mapping: Mapping,
  ref: CompiledMapping['ref'],
  options: TranslateOptions,
  read: Read<UpstreamTables>,
): Found => {
  const { spec } = mapping;
  const { service, shadow, host_redirect }: SpecOn<'target'> = spec;
  const address = parseServiceAddress(service);
  if (address === undefined) return { problems: [noAddress(ref, field, service)] };
  if (host_redirect === true && shadow !== true)
    return { target: redirect(spec, address), problems: noProblems };
  const { cluster, isClosed, ...found } = upstreamOf({ ref, field, spec }, address, options, read);
  if (cluster === undefined)
    return isClosed === true && shadow !== true ? { target: closed, ...found } : found;
  if (shadow !== true) return { target: forwardTo(cluster), ...found };
  const trusted = trustedNamespaces(options).includes(mapping.metadata.namespace);
  return { target: { _tag: 'Shadow', cluster, ...(trusted && { trusted }) }, ...found };
};

const field = 'spec.service';

const closed: Target = { _tag: 'Closed' };

/** Most Mappings share their cluster with others. */
const forwardTo = (cluster: Cluster): Target =>
  knownTargets(cluster.name, () => ({ _tag: 'Forward', cluster }));

const knownTargets = interning<Target>();

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
