import { definedOnly } from '../collection/defined-only.ts';
import type { AccessLog } from '../ir/access-log/access-log.ts';
import type { Budget } from '../problem/budget.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import type { AddressOptions } from './contribution/refused-addresses.ts';
import type { SystemTrust } from './contribution/system-trust.ts';
import type { TlsLayout } from './contribution/tls-layout.ts';

/** Which objects are ours, where we are, what namespaces may do to each other, where requests may go. */
export interface TranslateOptions extends AddressOptions, SystemTrust {
  /** Objects whose `ambassador_id` lists this id are translated. */
  readonly ambassadorId: string;
  /** The namespace of this installation. */
  readonly namespace: string;
  /** Whether one namespace has a part in what is of another only where that is allowed. */
  readonly isolation?: boolean;
  /** Namespaces that may do what that of this installation may. */
  readonly trustedNamespaces?: readonly string[];
  /** With `isolation`: which namespaces may refer to objects of which others. */
  readonly referenceGrants?: readonly ReferenceGrant[];
  /**
   * How all Listeners serve TLS Hosts, whatever their annotations say: an Envoy without a control
   * plane cannot ask for certificates.
   */
  readonly tlsLayout?: TlsLayout;
  /**
   * The addresses that Gateways are given: IP addresses, CIDR blocks, and ranges `first-last`. Absent, as the next
   * one: those of loopback, as in a folder on a laptop.
   */
  readonly gatewayAddresses?: readonly string[];
  /** The Service whose addresses all Gateways share, where they are given none of their own. */
  readonly gatewayService?: ObjectKey;
  /** What is written down of requests and connections; absent, as `off`: nothing. */
  readonly accessLog?: AccessLog | 'off';
  /** Whether requests pass although what should guard them is not translated. */
  readonly serveUnguarded?: boolean;
  /** Whether Envoy counts the requests of each route on its own. */
  readonly routeStats?: boolean;
  /** How much the objects of one namespace may ask for; absent: as much as they want. */
  readonly budget?: Budget;
}

/** Objects of one namespace may refer to those of another; `*` stands for each. */
export interface ReferenceGrant {
  readonly from: string;
  readonly to: string;
}

/** The options that a journal keeps, out of a record that may hold others. */
export const translateOptionsIn = ({
  ambassadorId,
  namespace,
  isolation,
  trustedNamespaces,
  referenceGrants,
  serveUnguarded,
  routeStats,
  allowAddresses,
  gatewayAddresses,
  gatewayService,
  systemAuthorities,
  accessLog,
  budget,
}: TranslateOptions): Omit<TranslateOptions, 'tlsLayout'> =>
  definedOnly({
    ambassadorId,
    namespace,
    isolation,
    trustedNamespaces,
    referenceGrants,
    serveUnguarded,
    routeStats,
    allowAddresses,
    gatewayAddresses,
    gatewayService,
    systemAuthorities,
    accessLog,
    budget,
  } satisfies Record<Exclude<keyof TranslateOptions, 'tlsLayout'>, unknown>);
