import type { DeltaRequest, DeltaResponse } from '../../src/xds/discovery.ts';
import type { Resource } from '../../src/xds/resource.ts';
import { TypeUrl, typeUrls } from '../../src/xds/type-url.ts';
import { brokenRoutes, protests } from './xds-protests.ts';
import { referencesOf, type References } from './xds-world.ts';

/** A delta xDS client that behaves as Envoy was measured to, and notes what its server does wrong. */
export interface FakeEnvoy {
  readonly refuses: (resource: Resource) => boolean;
  /** Whether the good resources of a response are applied when another one is refused. */
  readonly appliesOthers: boolean;
  /** Whether routes may refer to a cluster that is not there: one that it refuses. */
  readonly tolerates: (cluster: string) => boolean;
  readonly types: { readonly [T in TypeUrl]: FakeType };
  /** Clusters that wait for their load assignment, and the answer withheld until none does. */
  readonly warming: ReadonlySet<string>;
  readonly withheld: DeltaRequest | undefined;
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

/** The client after something happened, and what it says. */
export interface FakeTurn {
  readonly envoy: FakeEnvoy;
  readonly requests: readonly DeltaRequest[];
}

/** An Envoy that has just been started; it asks for clusters and listeners by the wildcard. */
export const fakeEnvoy = (
  options: Partial<Pick<FakeEnvoy, 'refuses' | 'appliesOthers' | 'tolerates'>> = {},
): FakeEnvoy => ({
  refuses: () => false,
  appliesOthers: true,
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
  refused: new Set(),
  complaints: [],
  ...options,
});

/** Opens a new stream: each type it needs is asked for, with the versions of what it holds. */
export const connect = (envoy: FakeEnvoy): FakeTurn => {
  const needed = typeUrls.filter((t) => isWildcard(t) || envoy.types[t].names.size > 0);
  const types = mapTypes(envoy, (type, t) => ({
    ...type,
    nonces: new Set<string>(),
    mentioned: type.names,
    open: needed.includes(t),
  }));
  return {
    envoy: { ...envoy, types, withheld: undefined, warming: starved(envoy) },
    requests: needed.map((t) => ({
      ...request(t),
      node: { id: 'fake', cluster: '', userAgent: 'fake' },
      subscribe: [...types[t].names],
      initialVersions: new Map([...types[t].held].map(([name, { version }]) => [name, version])),
    })),
  };
};

/** Clusters without any load assignment; the others make do with the one they have, after a while. */
const starved = ({ types, warming }: FakeEnvoy): ReadonlySet<string> =>
  new Set([...warming].filter((name) => !types[TypeUrl.Endpoints].held.has(name)));

/** Takes a response: applies what it does not refuse, subscribes to what that needs, answers. */
export const receive = (before: FakeEnvoy, response: DeltaResponse): FakeTurn => {
  const { typeUrl, nonce, resources, removed } = response;
  const envoy = { ...before, complaints: [...before.complaints, ...protests(before, response)] };
  const bad = resources.filter((resource) => envoy.refuses(resource));
  const good = resources.filter(
    (resource) => !bad.includes(resource) && wants(envoy, typeUrl, resource.name),
  );
  const applied = bad.length === 0 || envoy.appliesOthers;
  const held = new Map(envoy.types[typeUrl].held);
  if (applied) for (const name of removed) held.delete(name);
  if (applied) for (const resource of good) held.set(resource.name, resource);
  const noted = withType(envoy, typeUrl, {
    held,
    nonces: new Set([...envoy.types[typeUrl].nonces, nonce]),
  });
  const refused = new Set(envoy.refused);
  if (resources.length + removed.length === 1) for (const one of bad) refused.add(keyOf(one));
  const warming = warmingAfter(noted, response, applied ? good : []);
  const complaints = [...noted.complaints, ...brokenRoutes(noted, response)];
  const { envoy: next, requests } = subscribeToNeeds({ ...noted, refused, warming, complaints });
  const error = bad.length === 0 ? {} : { error: `refused ${bad.map(({ name }) => name).join()}` };
  return settle(next, requests, { ...request(typeUrl), nonce, ...error });
};

/** Answers; the answer to clusters is withheld while some of them are warming. */
const settle = (
  envoy: FakeEnvoy,
  requests: readonly DeltaRequest[],
  answer: DeltaRequest,
): FakeTurn => {
  const isWarming = envoy.warming.size > 0;
  if (answer.typeUrl === TypeUrl.Cluster && isWarming)
    return { envoy: { ...envoy, withheld: answer }, requests };
  const released = isWarming || envoy.withheld === undefined ? [] : [envoy.withheld];
  return {
    envoy: isWarming ? envoy : { ...envoy, withheld: undefined },
    requests: [...requests, ...released, answer],
  };
};

/** Gives up waiting for load assignments; only one that it refused is no reason to complain. */
export const giveUp = (envoy: FakeEnvoy): FakeTurn => {
  const refused = [...envoy.refused];
  const left = [...envoy.warming].filter(
    (name) => !refused.some((key) => key.startsWith(`${TypeUrl.Endpoints} ${name}@`)),
  );
  const complaints = left.map((name) => `${name} is left without a load assignment`);
  return {
    envoy: {
      ...envoy,
      warming: new Set(),
      withheld: undefined,
      complaints: [...envoy.complaints, ...complaints],
    },
    requests: envoy.withheld === undefined ? [] : [envoy.withheld],
  };
};

/** Clusters wait for a load assignment when they are new or changed, and until they are told of one. */
const warmingAfter = (
  envoy: FakeEnvoy,
  { typeUrl, resources, removed }: DeltaResponse,
  applied: readonly Resource[],
): ReadonlySet<string> => {
  const warming = new Set(envoy.warming);
  if (typeUrl === TypeUrl.Cluster) {
    for (const name of removed) warming.delete(name);
    for (const { name } of applied) warming.add(name);
  }
  if (typeUrl === TypeUrl.Endpoints)
    for (const name of [...resources.map((one) => one.name), ...removed]) warming.delete(name);
  return warming;
};

/** Subscribes to what the clusters and listeners in force need, and takes back what none needs. */
const subscribeToNeeds = (envoy: FakeEnvoy): FakeTurn =>
  dependentTypes.reduce<FakeTurn>(
    (turn, [typeUrl, referrer, key]) => {
      const needed = new Set(
        [...turn.envoy.types[referrer].held.values()].flatMap(
          (one) => referencesOf(one)[key] ?? [],
        ),
      );
      const { names, held, mentioned } = turn.envoy.types[typeUrl];
      const subscribe = [...needed].filter((name) => !names.has(name));
      const unsubscribe = [...names].filter((name) => !needed.has(name));
      if (subscribe.length + unsubscribe.length === 0) return turn;
      const kept = new Map([...held].filter(([name]) => needed.has(name)));
      return {
        envoy: withType(turn.envoy, typeUrl, {
          names: needed,
          held: kept,
          open: true,
          mentioned: new Set([...mentioned, ...needed]),
        }),
        requests: [...turn.requests, { ...request(typeUrl), subscribe, unsubscribe }],
      };
    },
    { envoy, requests: [] },
  );

const dependentTypes: readonly (readonly [TypeUrl, TypeUrl, keyof References])[] = [
  [TypeUrl.Endpoints, TypeUrl.Cluster, 'endpoints'],
  [TypeUrl.Secret, TypeUrl.Listener, 'secrets'],
  [TypeUrl.Routes, TypeUrl.Listener, 'routes'],
];

/** What this client says when it says nothing in particular. */
export const request = (typeUrl: string): DeltaRequest => ({
  typeUrl,
  subscribe: [],
  unsubscribe: [],
  initialVersions: new Map(),
  nonce: '',
});

const unasked: FakeType = {
  names: new Set(),
  held: new Map(),
  nonces: new Set(),
  mentioned: new Set(),
  open: false,
};

const wants = ({ types }: FakeEnvoy, typeUrl: TypeUrl, name: string): boolean =>
  isWildcard(typeUrl) || types[typeUrl].names.has(name);

/** Whether a type is asked for as a whole. */
export const isWildcard = (typeUrl: TypeUrl): boolean =>
  typeUrl === TypeUrl.Cluster || typeUrl === TypeUrl.Listener;

/** Names one version of a resource. */
export const keyOf = ({ typeUrl, name, version }: Resource): string =>
  `${typeUrl} ${name}@${version}`;

const withType = (envoy: FakeEnvoy, typeUrl: TypeUrl, part: Partial<FakeType>): FakeEnvoy => ({
  ...envoy,
  types: { ...envoy.types, [typeUrl]: { ...envoy.types[typeUrl], ...part } },
});

const mapTypes = (envoy: FakeEnvoy, f: (type: FakeType, typeUrl: TypeUrl) => FakeType) =>
  typeUrls.reduce((types, t) => ({ ...types, [t]: f(types[t], t) }), envoy.types);
