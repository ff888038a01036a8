import { empty } from '../../../src/collection/collection.ts';
import type { Resource } from '../../../src/xds/resource.ts';
import type { DeltaRequest } from '../../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

/** A delta xDS client that behaves as Envoy was measured to, and notes what its server does wrong. */
export interface FakeEnvoy {
  readonly refuses: (resource: Resource) => boolean;
  /** Whether the good resources of a response are applied when another one is refused. */
  readonly appliesOthers: boolean;
  /** Whether it asks for scopes before it asks for filters. */
  readonly asksScopesFirst: boolean;
  /** Whether something may refer to a resource of this name that is not there: one that it refuses. */
  readonly tolerates: (name: string) => boolean;
  readonly types: { readonly [T in TypeUrl]: FakeType };
  /** Clusters that wait for their load assignment, and the answer withheld until none does. */
  readonly warming: ReadonlySet<string>;
  readonly withheld: DeltaRequest | undefined;
  readonly scoping: Scoping;
  /** Every version it has refused when it was sent alone. */
  readonly refused: ReadonlySet<string>;
  readonly complaints: readonly string[];
}

/** One type as the client knows it. */
export interface FakeType {
  readonly names: ReadonlySet<string>;
  readonly held: ReadonlyMap<string, Resource>;
  readonly nonces: ReadonlySet<string>;
  /** Names asked for on this stream, also those taken back: a response may have been under way. */
  readonly mentioned: ReadonlySet<string>;
  /** Whether it was asked for on this stream. */
  readonly open: boolean;
}

/** The listeners of a fake Envoy beside what it was told of them, and the scopes they share. */
export interface Scoping {
  /** The listeners that take connections; a newer version waits for its filter and for scopes. */
  readonly serving: ReadonlyMap<string, Resource>;
  /** Former listeners that connections are left of. */
  readonly draining: readonly Resource[];
  /** What requests are routed by; absent as long as no listener has scoped routes. */
  readonly scopes?: ReadonlyMap<string, Resource>;
  /** Whether the listeners have been told of scopes. */
  readonly isTold: boolean;
  /** Whether scopes were ever asked for: that is never taken back (measured on 1.40.0). */
  readonly hasAsked: boolean;
  /** Filters that were told of, be it that there are none. */
  readonly filters: ReadonlySet<string>;
}

/** The client after something happened, and what it says. */
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
    [TypeUrl.Cluster]: unasked,
    [TypeUrl.Endpoints]: unasked,
    [TypeUrl.Secret]: unasked,
    [TypeUrl.Listener]: unasked,
    [TypeUrl.Routes]: unasked,
    [TypeUrl.ScopedRoutes]: unasked,
    [TypeUrl.Extension]: unasked,
  },
  warming: new Set(),
  withheld: undefined,
  scoping: noScoping,
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

/** What this client says when it says nothing in particular. */
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
  `${typeUrl} ${name}@${version}`;
