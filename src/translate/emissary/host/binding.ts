import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Selector } from '../../../ir/selector.ts';
import type { RouteTableName } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import { cleartextTable, sharedTlsTable, tlsTable } from '../../contribution/table-names.ts';
import type { ListenerLayout, TlsLayout } from '../../contribution/tls-layout.ts';
import type { ListenerBinding } from '../listener/listener-binding.ts';
import { asksForTls, refusesTls, type AttachedHost } from './attachment.ts';
import type { MappingNamespaces } from './mapping-namespaces.ts';
import type { InsecureAction, SecurityModel } from './security-model.ts';

/** One table in which a Host has virtual hosts. */
interface BoundTable {
  readonly table: RouteTableName;
  readonly securityModel: SecurityModel;
  /** Only for a table of TLS connections: whether it belongs to one Host or to all. */
  readonly tls?: TlsLayout;
  /** The Host has no certificate that it could serve, so it answers no request in this table. */
  readonly refused?: true;
  /** No request is secure here, and no other is routed: handshakes of the Host are refused. */
  readonly unreachable?: true;
}

/** A Host with the tables that follow from its Listeners and its certificate. */
export interface BoundHost {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  readonly hostname: Hostname;
  readonly selector?: Selector;
  readonly mappingNamespaces?: MappingNamespaces;
  readonly insecureAction: InsecureAction;
  readonly tables: readonly BoundTable[];
  /**
   * The Listeners on which its server name has a filter chain of its own, even if that chain
   * refuses handshakes.
   */
  readonly ownChains: readonly ListenerName[];
  readonly problems: readonly Problem[];
}

/** How each Listener serves its TLS Hosts. */
export interface BindingTables {
  readonly layouts: ListenerLayout;
}

/**
 * Binds a Host to the Listeners that take it: it has the table for cleartext on each over TCP, and where the
 * Listener speaks TLS and the Host has a certificate, that of its server name or of all TLS Hosts
 * (decision 17).
 */
export const bindHost = (
  host: AttachedHost,
  _: ObjectKey,
  read: Read<BindingTables>,
): BoundHost => {
  const { listeners, certificate, standing: _standing, created: _created, ...others } = host;
  const { hasConnections: _hasConnections, ...rest } = others;
  const layoutOf = ({ name }: ListenerBinding): TlsLayout =>
    read('layouts', name)?.layout ?? 'chains';
  const ownChains = listeners.filter(
    (binding) => asksForTls(host, binding) && layoutOf(binding) === 'chains',
  );
  return {
    ...rest,
    tables: listeners.flatMap((binding) => [
      ...cleartextTables(host, binding),
      ...tlsTables(host, binding, layoutOf(binding)),
    ]),
    ownChains: ownChains.length === 0 ? none : ownChains.map(({ name }) => name),
  };
};

/** Most Hosts have none. */
const none: readonly ListenerName[] = [];

const cleartextTables = (host: AttachedHost, binding: ListenerBinding): readonly BoundTable[] =>
  binding.quic === true
    ? []
    : [
        {
          table: cleartextTable(binding.name),
          securityModel: binding.securityModel,
          ...(isUnreachable(host, binding) && { unreachable: true }),
        },
      ];

const isUnreachable = (
  { insecureAction, certificate }: AttachedHost,
  { securityModel, trustsProxies }: ListenerBinding,
): boolean =>
  certificate.refuse === true &&
  insecureAction !== 'Route' &&
  securityModel === 'XFP' &&
  trustsProxies !== true;

const tlsTables = (
  host: AttachedHost,
  binding: ListenerBinding,
  tls: TlsLayout,
): readonly BoundTable[] => {
  if (!asksForTls(host, binding)) return [];
  const { name, securityModel } = binding;
  const isRefused = refusesTls(host, binding);
  if (tls === 'on-demand')
    return [
      { table: sharedTlsTable(name), securityModel, tls, ...(isRefused && { refused: true }) },
    ];
  return isRefused ? [] : [{ table: tlsTable(name, host.hostname), securityModel, tls }];
};
