import { empty } from '../../../src/collection/collection.ts';
import type { Resource, ResourceName } from '../../../src/xds/resource.ts';
import type { DeltaRequest } from '../../../src/xds/session/discovery.ts';
import { runtimeLayer } from '../../../src/xds/runtime.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

/**
 * A delta xDS client that behaves as Envoy does (by measurement), and notes its server's mistakes.
 */
export interface FakeEnvoy {
  readonly refuses: (resource: Resource) => boolean;
  /** Whether the good resources of a response are applied when another one is refused. */
  readonly appliesOthers: boolean;
  /** Whether it asks for scopes before it asks for filters. */
  readonly asksScopesFirst: boolean;
  /** Whether something may refer to a missing resource of this name, because Envoy refuses it. */
  readonly tolerates: (name: string) => boolean;
  readonly types: { readonly [T in TypeUrl]: FakeType };
  /** Clusters that wait for what they need, and the answer that is withheld until none waits. */
  readonly warming: Warming;
  readonly withheld: DeltaRequest | undefined;
  readonly scoping: Scoping;
  /** The version of each secret and filter that came last, refused or not, by type and name. */
  readonly kept: ReadonlyMap<string, string>;
  /** Every version it has refused when it was sent alone. */
  readonly refused: ReadonlySet<string>;
  readonly complaints: readonly string[];
}

/** Clusters that wait, each with what it has not been told of yet. */
export type Warming = ReadonlyMap<string, readonly ResourceName[]>;

/** One type as the client knows it. */
export interface FakeType {
  readonly names: ReadonlySet<string>;
  readonly held: ReadonlyMap<string, Resource>;
  readonly nonces: ReadonlySet<string>;
  /** Names asked for on this stream, also unsubscribed ones: a response may have been under way. */
  readonly mentioned: ReadonlySet<string>;
  /** Whether it was asked for on this stream. */
  readonly open: boolean;
}

/** Which listeners of a fake Envoy are in force, whatever it holds, and the scopes they share. */
export interface Scoping {
  /** The listeners that take connections; a newer version waits for its filter and for scopes. */
  readonly serving: ReadonlyMap<string, Resource>;
  /** Former listeners that still have connections. */
  readonly draining: readonly Resource[];
  /** What requests are routed by; absent as long as no listener has scoped routes. */
  readonly scopes?: ReadonlyMap<string, Resource>;
  /** Whether the listeners have been told of scopes. */
  readonly isTold: boolean;
  /**
   * Whether scopes were ever asked for: Envoy never unsubscribes from them (measured on 1.40.0).
   */
  readonly hasAsked: boolean;
  /** Filters that the server has answered, even if they do not exist. */
  readonly filters: ReadonlySet<string>;
}

/** The client after something happened, and the requests it sends. */
export interface FakeTurn {
  readonly envoy: FakeEnvoy;
  readonly requests: readonly DeltaRequest[];
}

/** An Envoy that has just been started; it asks for clusters and listeners by the wildcard. */
export const fakeEnvoy = (
  options: Partial<
    Pick<FakeEnvoy, 'refuses' | 'appliesOthers' | 'asksScopesFirst' | 'tolerates'>
  > = {},
): FakeEnvoy => ({
  refuses: () => false,
  appliesOthers: true,
  asksScopesFirst: true,
  tolerates: () => false,
  types: {
    // It asks for its layer first of all, and never for another.
    [TypeUrl.Runtime]: { ...unasked, names: new Set([runtimeLayer]) },
    [TypeUrl.Cluster]: unasked,
    [TypeUrl.Endpoints]: unasked,
    [TypeUrl.Secret]: unasked,
    [TypeUrl.Listener]: unasked,
    [TypeUrl.Routes]: unasked,
    [TypeUrl.ScopedRoutes]: unasked,
    [TypeUrl.Extension]: unasked,
  },
  warming: new Map(),
  withheld: undefined,
  scoping: noScoping,
  kept: new Map(),
  refused: new Set(),
  complaints: [],
  ...options,
});

const unasked: FakeType = {
  names: new Set(),
  held: new Map(),
  nonces: new Set(),
  mentioned: new Set(),
  open: false,
};

const noScoping: Scoping = {
  serving: new Map(),
  draining: [],
  isTold: false,
  hasAsked: false,
  filters: new Set(),
};

/** A request of this client that asks for nothing. */
export const request = (typeUrl: string): DeltaRequest => ({
  typeUrl,
  subscribe: [],
  unsubscribe: [],
  initialVersions: empty(),
  nonce: '',
});

/** Whether a type is asked for as a whole. */
export const isWildcard = (typeUrl: TypeUrl): boolean =>
  isFirst(typeUrl) || typeUrl === TypeUrl.ScopedRoutes;

/** Whether a type is asked for before anything has come. */
export const isFirst = (typeUrl: TypeUrl): boolean =>
  typeUrl === TypeUrl.Cluster || typeUrl === TypeUrl.Listener;

/** Names one version of a resource. */
export const keyOf = ({ typeUrl, name, version }: Resource): string =>
  `${nameOf({ typeUrl, name })}@${version}`;

/** Names a resource in every version. */
export const nameOf = ({ typeUrl, name }: ResourceName): string => `${typeUrl} ${name}`;

/**
 * Whether it keeps the content of a resource before it looks whether it can use it, and takes the same
 * content for known afterwards.
 */
export const keepsFirst = (typeUrl: TypeUrl): boolean =>
  typeUrl === TypeUrl.Secret || typeUrl === TypeUrl.Extension;
