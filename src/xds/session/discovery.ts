import type { Resource, ResourceName } from '../resource.ts';
import type { TypeUrl } from '../type-url.ts';
import type { Held } from './held.ts';

/** A DeltaDiscoveryRequest, decoded; the type may be one we do not serve. */
export interface DeltaRequest {
  readonly typeUrl: string;
  readonly node?: { readonly id: string; readonly cluster: string; readonly userAgent: string };
  readonly subscribe: readonly string[];
  readonly unsubscribe: readonly string[];
  /** What the client still holds from an earlier stream. */
  readonly initialVersions: Held;
  /** Empty, unless this answers a response. */
  readonly nonce: string;
  /** Present in a NACK. */
  readonly error?: string;
}

/** A DeltaDiscoveryResponse before encoding. */
export interface DeltaResponse {
  readonly typeUrl: TypeUrl;
  readonly nonce: string;
  readonly resources: readonly Resource[];
  readonly removed: readonly string[];
}

/** One resource version that one Envoy refused, alone in a response. */
export interface Refusal extends ResourceName {
  readonly version: string;
  readonly message: string;
}

/**
 * What one Envoy made of one snapshot, once it has answered all of it.
 *
 * Without refusals everything in the snapshot that it asked for is in force. If it refuses afterwards
 * what it asks for in a handshake, there is one more.
 */
export interface Verdict {
  readonly _tag: 'Verdict';
  readonly node: string;
  /** The number of its stream: a client chooses its node, and two may choose the same. */
  readonly stream?: number;
  /** The name in its certificate; absent where none is asked for, on this machine. */
  readonly client?: string;
  readonly seq: number;
  readonly refused: readonly Refusal[];
  /** The types that it never asked for although there are such resources: it says nothing about them. */
  readonly unasked?: readonly TypeUrl[];
}

/** An Envoy that gave verdicts, and whose stream has ended. */
export interface Disconnected {
  readonly _tag: 'Disconnected';
  readonly node: string;
  readonly stream: number;
}

/** What is heard from Envoys. */
export type EnvoyEvent = Verdict | Disconnected;
