import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { SpecialUse } from '../../../ir/address/special-address.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import {
  namespaceOf,
  objectRef,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import { gatewayModule } from '../../../kube/emissary/module/module.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { refusedUse, showRefused } from '../../contribution/refused-addresses.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { originatedTls } from '../context/originated-tls.ts';
import type { MappingDefaults } from '../module/mapping-defaults.ts';
import { healthCheckFaults } from './health-checks.ts';
import { resolverNamed } from './resolver.ts';
import type { ServiceAddress } from './service-address.ts';
import {
  consulResolverOf,
  isDiscovered,
  loadBalancers,
  originatesTls,
  serviceKey,
  upstreamCluster,
  wantsTlsContext,
  type ClusterSpec,
  type Resolver,
} from './upstream-cluster.ts';
import type { UpstreamTables } from './upstream-tables.ts';

/** A service, how it is found, and the settings of its cluster, by the names that they have in a Mapping. */
export interface UpstreamSpec extends ClusterSpec {
  readonly resolver?: string;
}

/** An object that sends requests to a service. */
export interface Sender {
  readonly ref: ObjectRef;
  /** The field that names the service: `spec.service`. */
  readonly field: string;
  readonly spec: UpstreamSpec;
}

/** The cluster of a service, and what is wrong with it; without a cluster nothing can be sent there. */
export interface FoundUpstream {
  readonly cluster?: Cluster;
  /** The TLSContext with which it is reached. */
  readonly context?: ObjectKey;
  /** There is no cluster because what is to protect the service is not there. */
  readonly isClosed?: true;
  readonly problems: readonly Problem[];
}

/** The cluster of the service that an object sends requests to. */
export const upstreamOf = (
  sender: Sender,
  address: ServiceAddress,
  options: TranslateOptions,
  read: Read<UpstreamTables>,
): FoundUpstream => {
  const { ref, field } = sender;
  const [kind, key] = refParts(ref);
  const own = namespaceOf(key);
  const defaults = read('defaults', gatewayModule);
  const spec = withDefaults(kind, sender.spec, defaults);
  const isInOwn = defaults?.inOwnNamespace === true && kind !== 'Ingress';
  const namespace = isInOwn ? options.namespace : own;
  const { service, resolver: name, tls = '' } = spec;
  const reached = wantsTlsContext(spec) ? originatedTls(ref, tls, options, read) : undefined;
  if (reached !== undefined && 'problem' in reached)
    return { isClosed: true, problems: [reached.problem] };
  const resolver = resolverNamed(name, { kind, namespace: own }, options, read);
  if (resolver === undefined) {
    const target = objectRef('Resolver', `${own}/${name ?? ''}`);
    return { problems: [{ _tag: 'NotFound', object: ref, field: 'spec.resolver', target }] };
  }
  const isConsul = consulResolverOf(resolver) !== undefined && !address.literal;
  if (isConsul && (address.host.includes('.') || address.absolute === true)) {
    const expected = 'the name of a service in Consul, which has no dots';
    return { problems: [wrongService(ref, field, expected, JSON.stringify(service))] };
  }
  const use = refusedUseOf(address, resolver, options);
  if (use !== undefined)
    return { problems: [wrongService(ref, field, 'a service', showRefused(service, use))] };
  const { port, problems } = servicePort({ ref, field, spec }, namespace, address, resolver, read);
  const ownNamespace = options.namespace;
  const source = { spec, namespace, ownNamespace, address, resolver, port };
  const cluster = upstreamCluster(
    reached === undefined ? source : { ...source, context: reached.tls },
  );
  const { load_balancer } = sender.spec;
  const unbalanced =
    load_balancer === undefined ? noProblems : unbalancedBy(ref, load_balancer, cluster);
  const unchecked = healthCheckFaults(ref, sender.spec, isDiscovered({ resolver, address }));
  const unported = isConsul && address.port !== undefined ? [portNote(ref, field)] : noProblems;
  const isSound = unbalanced.length + unchecked.length + unported.length === 0;
  const all = isSound ? problems : [...problems, ...unbalanced, ...unchecked, ...unported];
  if (reached === undefined) return { cluster, problems: all };
  return { cluster, context: reached.context, problems: all };
};

/** A field that says nothing has no part in this: not every spec leaves it away. */
const withDefaults = (
  kind: string,
  spec: UpstreamSpec,
  defaults: MappingDefaults | undefined,
): UpstreamSpec =>
  defaults === undefined
    ? spec
    : {
        ...(ofMappings.has(kind) ? defaults.ofMappings : defaults.ofServices),
        ...definedOnly<UpstreamSpec>(spec),
      };

/** The kinds for whose requests the defaults of Mappings count. */
const ofMappings: ReadonlySet<string> = new Set(['Mapping', 'Ingress']);

const portNote = (object: ObjectRef, field: string): Problem => {
  const note = 'the port has no effect: each instance has its own in Consul';
  return { _tag: 'Note', object, field, note };
};

/** What is said of a `service` that is no address. */
export const noAddress = (object: ObjectRef, field: string, service: string): Problem =>
  wrongService(object, field, '[http://|https://]host[:port]', JSON.stringify(service));

const wrongService = (
  object: ObjectRef,
  field: string,
  expected: string,
  got: string,
): Problem => ({ _tag: 'InvalidField', object, field, expected, got });

/** With the endpoint resolver a name is that of a Service, whatever it means in DNS. */
const refusedUseOf = (
  { special, literal, host }: ServiceAddress,
  resolver: Resolver,
  options: TranslateOptions,
): SpecialUse | undefined =>
  special === true && (literal || resolver === 'service') ? refusedUse(options, host) : undefined;

/** Only the addresses behind a Service can be balanced; DNS may give no more than the Service. */
const unbalancedBy = (
  object: ObjectRef,
  { policy }: NonNullable<UpstreamSpec['load_balancer']>,
  { loadBalancer }: Cluster,
): readonly Problem[] =>
  loadBalancers[policy]._tag === loadBalancer._tag
    ? noProblems
    : [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.load_balancer.policy',
          expected: 'the endpoint resolver with it; round_robin is used',
          got: policy,
        },
      ];

/** The port written, else that of a Service with a single one, else what the scheme implies. */
const servicePort = (
  { ref: object, field, spec }: Sender,
  namespace: string,
  address: ServiceAddress,
  resolver: Resolver,
  read: Read<UpstreamTables>,
): { readonly port: number; readonly problems: readonly Problem[] } => {
  const implied = address.port ?? (originatesTls(spec, address) ? 443 : 80);
  if (resolver !== 'endpoint' || address.literal) return { port: implied, problems: noProblems };
  const key = serviceKey(address.host, namespace);
  const ports = read('ports', key);
  const [only, ...others] = ports ?? [];
  if (address.port === undefined && only !== undefined && others.length === 0)
    return { port: only, problems: noProblems };
  if (ports?.includes(implied) === true) return { port: implied, problems: noProblems };
  const reference = { object, field, target: objectRef('Service', key) };
  if (namespaceOf(key) !== namespace)
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
