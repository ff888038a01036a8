import type { Hostname } from '../../../ir/hostname.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Port } from '../../../ir/port.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { ClientVerification } from '../../../ir/tls-handshake.ts';
import type { Problem } from '../../../problem/problem.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';
import type { Refusal } from '../class/our-gateways.ts';
import type { RouteKind, RouteNamespaces } from './settled-listener.ts';

/** A Gateway, or a ListenerSet that counts, with its listeners, each looked at by itself. */
export interface CompiledParent extends Claimant {
  readonly gateway: ObjectKey;
  readonly rank: Rank;
  /** What backends are shown that ask for a certificate. */
  readonly backendCertificate?: SecretName;
  readonly entries: readonly CompiledEntry[];
}

/** What decides which of two objects has what both want for a listener. */
export interface Rank {
  readonly gateway: Claimant;
  readonly set?: Claimant;
}

/**
 * The order in which objects have what they want for their listeners: those of the oldest Gateway first, and of
 * one Gateway its own, then those of its ListenerSets, again the oldest first (GEP-1713).
 */
export const byRank = (a: Rank, b: Rank): number =>
  bySeniority(a.gateway, b.gateway) ||
  Number(a.set !== undefined) - Number(b.set !== undefined) ||
  (a.set === undefined || b.set === undefined ? 0 : bySeniority(a.set, b.set));

/** One listener of a Gateway or ListenerSet, without regard to the others. */
export interface CompiledEntry {
  readonly section: string;
  /** As it is written. */
  readonly port: number;
  readonly protocol: string;
  readonly hostname: Hostname;
  readonly namespaces: RouteNamespaces;
  readonly kinds: readonly RouteKind[];
  /** The certificates that can be served; none for HTTP. */
  readonly certificates: readonly SecretName[];
  /** Which clients are let in by their certificates; absent: all. */
  readonly clients?: ClientVerification;
  /** Where Envoy listens for it. */
  readonly addresses: readonly EntryAddress[];
  /** Why it is not accepted. */
  readonly refusal?: Refusal;
  /** What it refers to and cannot use. */
  readonly unresolved?: Refusal;
  /** Why nothing can listen for it. */
  readonly unplaced?: Refusal;
  readonly problems: readonly Problem[];
}

/** An address that Envoy opens for a listener. */
export interface EntryAddress {
  readonly name: ListenerName;
  readonly address: string;
  readonly port: Port;
}

/** The protocols that are served. */
export type ServedProtocol = 'HTTP' | 'HTTPS';

/** Whether a protocol is served. */
export const isServed = (protocol: string): protocol is ServedProtocol =>
  protocol === 'HTTP' || protocol === 'HTTPS';

/** Where a field of a listener is. */
export const entryField = (at: number, field?: string): string =>
  field === undefined ? `spec.listeners[${at}]` : `spec.listeners[${at}].${field}`;

/** Names a listener in a sentence about another one. */
export const entryName = (parent: ObjectRef, section: string): string =>
  `listener ${section} of ${parent}`;
