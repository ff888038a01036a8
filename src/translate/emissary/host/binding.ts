import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import {
  filterChainKey,
  type FilterChain,
  type FilterChainKey,
  type ListenerName,
} from '../../../ir/listener.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Selector } from '../../../ir/selector.ts';
import type { RouteTableName } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ListenerLayout, TlsLayout } from '../../assemble/tls-layout.ts';
import type { ListenerBinding } from '../listener/listener-binding.ts';
import { asksForTls, type AttachedHost } from './attachment.ts';
import type { Contender } from './host-precedence.ts';
import type { InsecureAction, SecurityModel } from './security-model.ts';

/** One table in which a Host has virtual hosts. */
export interface BoundTable {
  readonly table: RouteTableName;
  readonly securityModel: SecurityModel;
  /** Of a table for TLS connections: whether it is that of one Host or of all. */
  readonly tls?: TlsLayout;
  /** The Host has no certificate that it could serve, and so answers nothing there. */
  readonly refused?: true;
}

/** A Host with everything that follows from its Listeners and its certificate. */
export interface BoundHost extends Contender {
  readonly key: ObjectKey;
  readonly hostname: Hostname;
  readonly selector?: Selector;
  readonly insecureAction: InsecureAction;
  readonly tables: readonly BoundTable[];
  readonly chains: readonly (readonly [FilterChainKey, FilterChain])[];
  /** The certificate its TLS chains serve. */
  readonly secret?: SecretName;
  readonly problems: readonly Problem[];
}

/** How each Listener serves its TLS Hosts. */
export interface BindingTables {
  readonly layouts: ListenerLayout;
}

/**
 * Binds a Host to the Listeners that take it. On each it has the cleartext chain that all Hosts share.
 * Where the Listener speaks TLS and the Host asks for it, there is also a chain for its server name, or
 * the one that all TLS Hosts share (decision 17).
 */
export const bindHost = (
  host: AttachedHost,
  _: ObjectKey,
  read: Read<BindingTables>,
): BoundHost => {
  const { listeners, certificate, ...rest } = host;
  const bound = listeners.flatMap((binding): readonly Bound[] => {
    const { securityModel } = binding;
    const tls = read('layouts', binding.name)?.layout ?? 'chains';
    return [
      { chain: cleartextChain(binding), securityModel },
      ...tlsChain(binding, host, tls).map((chain) => ({ chain, securityModel, tls })),
    ];
  });
  return {
    ...rest,
    ...(certificate.secret === undefined ? {} : { secret: certificate.secret }),
    tables: bound
      .filter(({ tls }) => certificate.secret !== undefined || tls !== 'chains')
      .map(({ chain: { table }, ...how }) => ({
        table,
        ...how,
        ...(how.tls !== undefined && certificate.secret === undefined && { refused: true }),
      })),
    chains: bound.map(({ chain }) => [filterChainKey(chain.listener, chain.name), chain] as const),
  };
};

interface Bound extends Omit<BoundTable, 'table'> {
  readonly chain: FilterChain;
}

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
 *
 * Where all share a chain, its settings are those of all. Hosts that ask for settings of their own
 * are refused for now; once they are translated, they need a chain of their own beside the shared one.
 */
const tlsChain = (
  binding: ListenerBinding,
  host: AttachedHost,
  layout: TlsLayout,
): readonly FilterChain[] => {
  if (!asksForTls(host, binding)) return [];
  const { name: listener } = binding;
  if (layout === 'on-demand')
    return [
      {
        listener,
        name: 'tls',
        tls: { serverNames: [], onDemand: true },
        table: `${listener}/tls`,
        from: [],
      },
    ];
  const { ref, hostname, certificate } = host;
  const chain = { listener, name: `tls/${hostname}`, from: [ref] };
  const serverNames = hostname === '*' ? [] : [hostname];
  const { secret } = certificate;
  return [
    secret === undefined
      ? { ...chain, tls: { serverNames }, table: `${listener}/refused` }
      : { ...chain, tls: { serverNames, secret }, table: chainTable(listener, hostname) },
  ];
};

/** Names the table of the chain that a Host has for itself. */
export const chainTable = (listener: ListenerName, hostname: Hostname): RouteTableName =>
  `${listener}/tls/${hostname}`;
