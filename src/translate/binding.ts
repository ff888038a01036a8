import { entries, type Collection } from '../collection/collection.ts';
import type { Read } from '../collection/join-each.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import {
  filterChainKey,
  refusesHandshakes,
  type FilterChain,
  type FilterChainKey,
  type ListenerName,
} from '../ir/listener.ts';
import type { SecretName } from '../ir/secret.ts';
import type { RouteTableName } from '../ir/virtual-host.ts';
import type { Host } from '../kube/host.ts';
import { secretOfHost } from '../kube/secret-of-host.ts';
import type { Secret } from '../kube/secret.ts';
import type { Problem } from '../problem/problem.ts';
import { hostFaults, isServerName, mustRefuseTls } from './host-faults.ts';
import { normalHostname, type Hostname } from './hostname.ts';
import { takesHost, type ListenerBinding } from './listener-binding.ts';
import type { InsecureAction, SecurityModel } from './security-model.ts';
import { isSelective, type Selector } from './selector.ts';

/** One table in which a Host has virtual hosts. */
export interface BoundTable {
  readonly table: RouteTableName;
  readonly securityModel: SecurityModel;
}

/** A Host with everything that follows from its Listeners and its certificate. */
export interface BoundHost {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  readonly hostname: Hostname;
  readonly selector?: Selector;
  readonly insecureAction: InsecureAction;
  readonly tables: readonly BoundTable[];
  readonly chains: readonly (readonly [FilterChainKey, FilterChain])[];
  /** The certificate its TLS chains serve. */
  readonly secret?: SecretName;
  readonly problems: readonly Problem[];
}

/** What a Host is bound with: all Listeners (under the key `all`), Secrets, and what is wrong with them. */
export interface BindingTables {
  readonly bindings: Collection<ListenerName, ListenerBinding>;
  readonly secrets: Secret;
  readonly faults: readonly Problem[];
}

/**
 * Binds a Host to the Listeners that take it: a cleartext chain on each, and where the Listener
 * speaks TLS and the Host has a certificate, a chain for its server name (emissary.md §3.5).
 */
export const bindHost = (host: Host, key: ObjectKey, read: Read<BindingTables>): BoundHost => {
  const ref = objectRef('Host', key);
  const { spec, metadata } = host;
  const hostname = normalHostname(spec.hostname ?? '*');
  const faults = hostFaults(ref, spec);
  const certificate = certificateOf(host, ref, read);
  const all = read('bindings', 'all');
  const listeners = [...(all === undefined ? [] : entries(all))]
    .map(([, binding]) => binding)
    .filter((binding) => faults.fatal.length === 0 && takesHost(binding, metadata));
  const chains = listeners.flatMap((binding) => [
    cleartextChain(binding),
    ...tlsChain(binding, ref, hostname, certificate),
  ]);
  const selector = [spec.mappingSelector, spec.selector].find(isSelective);
  return {
    key,
    ref,
    hostname,
    ...(selector === undefined ? {} : { selector }),
    insecureAction: spec.requestPolicy?.insecure?.action ?? 'Redirect',
    tables: listeners.flatMap(({ securityModel, name }) =>
      chains
        .filter((chain) => chain.listener === name && !refusesHandshakes(chain))
        .map(({ table }) => ({ table, securityModel })),
    ),
    chains: chains.map((chain) => [filterChainKey(chain.listener, chain.name), chain] as const),
    ...(certificate.secret === undefined ? {} : { secret: certificate.secret }),
    problems: [
      ...faults.fatal,
      ...faults.minor,
      ...certificate.problems,
      ...(listeners.length === 0 && faults.fatal.length === 0 ? [unbound(ref)] : []),
    ],
  };
};

const unbound = (object: ObjectRef): Problem => ({
  _tag: 'NotAttached',
  object,
  field: '',
  reason: 'no Listener takes this Host (hostBinding); expected at least one',
});

interface Certificate {
  readonly secret?: SecretName;
  /** Whether TLS was asked for and cannot be had as asked. */
  readonly refuse?: true;
  readonly problems: readonly Problem[];
}

/** The Host's certificate. Where it cannot be used as asked, handshakes are refused: never weaker. */
const certificateOf = (host: Host, object: ObjectRef, read: Read<BindingTables>): Certificate => {
  if (mustRefuseTls(host.spec)) return { refuse: true, problems: [] };
  const name = secretOfHost(host);
  if (name === undefined) return { problems: [] };
  const field = 'spec.tlsSecret';
  const invalid = (reason: string): Certificate => ({
    refuse: true,
    problems: [{ _tag: 'InvalidCertificate', object, field, reason }],
  });
  const secret = read('secrets', name);
  const target = objectRef('Secret', name);
  if (secret === undefined)
    return read('faults', target) === undefined
      ? { refuse: true, problems: [{ _tag: 'NotFound', object, field, target }] }
      : invalid(`${target} cannot be used; its own problem says why`);
  if (secret.certificateChain === undefined || secret.privateKey === undefined)
    return invalid(`${target} has no tls.crt and tls.key`);
  return { secret: name, problems: [] };
};

/** All Hosts of a Listener share it, so it comes from none of them. */
const cleartextChain = ({ name }: ListenerBinding): FilterChain => ({
  listener: name,
  name: 'cleartext',
  table: `${name}/cleartext`,
  from: [],
});

/**
 * A Host whose certificate cannot be used keeps its server name, and refuses it: without a chain of
 * its own, a wildcard Host around it would serve the name with less than was asked for.
 */
const tlsChain = (
  { name, tls }: ListenerBinding,
  ref: ObjectRef,
  hostname: Hostname,
  { secret, refuse }: Certificate,
): readonly FilterChain[] => {
  if (!tls || !isServerName(hostname)) return [];
  const chain = { listener: name, name: `tls/${hostname}`, from: [ref] };
  const serverNames = hostname === '*' ? [] : [hostname];
  if (secret !== undefined)
    return [{ ...chain, tls: { serverNames, secret }, table: `${name}/tls/${hostname}` }];
  return refuse === true ? [{ ...chain, tls: { serverNames }, table: `${name}/refused` }] : [];
};
