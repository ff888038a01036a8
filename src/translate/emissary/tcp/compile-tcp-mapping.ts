import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { isIpV4, isIpV6 } from '../../../ir/address/ip-address.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import { isHostname, normalHostname } from '../../../ir/hostname.ts';
import { allAddresses, type Listener } from '../../../ir/listener.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { isPort } from '../../../ir/port.ts';
import type { ServerNames } from '../../../ir/server-name.ts';
import type { TCPMapping } from '../../../kube/emissary/tcp-mapping.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import { listenerName } from '../../contribution/table-names.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isServerName } from '../host/host-faults.ts';
import { serviceUpstream } from '../upstream/service-upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';

/** An address that TCPMappings are for. */
export type TcpAddress = Pick<Listener, 'name' | 'address' | 'port'>;

/** A TCPMapping compiled: which connections it is for, and where they go. */
export interface CompiledTcpMapping extends Claimant {
  readonly key: ObjectKey;
  /** Absent: there is none that it could be for. */
  readonly address?: TcpAddress;
  /** The server names that it is for; absent: it takes what is for no name, as it comes. */
  readonly host?: ServerNames;
  /** Absent: there is no service to which anything may be sent. */
  readonly cluster?: Cluster;
  /** The TLSContext with which the service is reached. */
  readonly context?: ObjectKey;
  readonly weight?: number;
  readonly idleTimeout?: number;
  readonly problems: readonly Problem[];
}

/** Compiles a TCPMapping. One whose address or host cannot be read is for no connection. */
export const compileTcpMapping = (options: TranslateOptions) => {
  const upstreamOf = serviceUpstream(options);
  return (
    { metadata, spec }: TCPMapping,
    key: ObjectKey,
    read: Read<UpstreamTables>,
  ): CompiledTcpMapping => {
    const ref = objectRef('TCPMapping', key);
    const faults = [...addressFaults(ref, spec), ...hostFaults(ref, spec)];
    const { cluster, context, problems } = upstreamOf({ ref, field: 'spec.service', spec }, read);
    const host = hostOf(spec);
    return definedOnly<CompiledTcpMapping>({
      key,
      ref,
      created: metadata.creationTimestamp,
      address: faults.length > 0 ? undefined : addressOf(spec),
      host,
      cluster,
      context,
      weight: spec.weight,
      idleTimeout:
        spec.idle_timeout_ms === undefined || spec.idle_timeout_ms === ''
          ? undefined
          : Number(spec.idle_timeout_ms),
      problems: faults.length > 0 ? faults.concat(problems) : problems,
    });
  };
};

type Spec = TCPMapping['spec'];

const hostOf = ({ host = '' }: Spec): ServerNames | undefined =>
  host === '' ? undefined : normalHostname(host);

const addressOf = ({ port, address = '' }: Spec): TcpAddress | undefined => {
  if (!isPort(port)) return undefined;
  const on = address === '' ? allAddresses : address;
  return { name: listenerName(port, 'tcp', on), address: on, port };
};

const addressFaults = (object: ObjectRef, { address = '' }: Spec): readonly Problem[] =>
  address === '' || isIpV4(address) || isIpV6(address)
    ? []
    : [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.address',
          expected: 'an IP address of the machine that Envoy is on',
          got: JSON.stringify(address),
        },
      ];

const hostFaults = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const host = hostOf(spec);
  return host === undefined || (isHostname(host) && isServerName(host))
    ? []
    : [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.host',
          expected: 'a name that TLS clients can ask for: exact, "*.suffix" or "*"',
          got: JSON.stringify(spec.host),
        },
      ];
};
