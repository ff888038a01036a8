import { from } from '../../../src/collection/collection.ts';
import type { Resource } from '../../../src/xds/resource.ts';
import type { DeltaRequest, DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import {
  isFirst,
  isWildcard,
  keepsFirst,
  keyOf,
  nameOf,
  request,
  type FakeEnvoy,
  type FakeTurn,
  type FakeType,
} from './fake-envoy.ts';
import { neededOf } from './fake-needs.ts';
import { drained, misrouted, scopingAfter } from './fake-scopes.ts';
import { starved, warmingAfter } from './fake-warming.ts';
import { brokenReferences, protests } from './xds-protests.ts';

/** Opens a new stream: each type it needs is asked for, with the versions of what it holds. */
export const connect = (envoy: FakeEnvoy): FakeTurn => {
  const needed = orderOf(envoy).filter(
    (t) =>
      isFirst(t) ||
      envoy.types[t].names.size > 0 ||
      (t === TypeUrl.ScopedRoutes && envoy.scoping.hasAsked),
  );
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
      initialVersions: from(
        Array.from(types[t].held, ([name, { version }]) => [name, { version }]),
      ),
    })),
  };
};

/** Takes a response: applies what it does not refuse, subscribes to what that needs, answers. */
export const receive = (before: FakeEnvoy, response: DeltaResponse): FakeTurn => {
  const { typeUrl, nonce, resources, removed } = response;
  const envoy = { ...before, complaints: [...before.complaints, ...protests(before, response)] };
  const isKnown = (one: Resource): boolean => envoy.kept.get(nameOf(one)) === one.version;
  const unusable = resources.filter((resource) => envoy.refuses(resource));
  const bad = unusable.filter((resource) => !isKnown(resource));
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
  const firstBad = resources.findIndex((resource) => bad.includes(resource));
  const seen = applied ? resources : resources.slice(0, firstBad + 1);
  const kept = keepsFirst(typeUrl)
    ? new Map([...envoy.kept, ...seen.map((one) => [nameOf(one), one.version] as const)])
    : envoy.kept;
  const refused = new Set(envoy.refused);
  if (resources.length + removed.length === 1) for (const one of bad) refused.add(keyOf(one));
  const warming = warmingAfter(noted, response, applied ? good : []);
  const scoping = scopingAfter(noted, response, applied ? good : [], applied ? removed : []);
  const scoped = { ...noted, scoping };
  const complaints = [
    ...noted.complaints,
    ...unusable.filter(isKnown).map((one) => `${keyOf(one)} is acknowledged without a look`),
    ...brokenReferences(scoped, response),
    ...misrouted(before, scoped, typeUrl === TypeUrl.ScopedRoutes && applied ? removed : []),
  ];
  const { envoy: next, requests } = subscribeToNeeds({
    ...noted,
    kept,
    refused,
    warming,
    scoping,
    complaints,
  });
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

/** The connections of former listeners have ended; their filters are not needed any more. */
export const endDraining = (envoy: FakeEnvoy): FakeTurn => subscribeToNeeds(drained(envoy));

/** Subscribes to what the clusters and listeners in force need, and unsubscribes from the rest. */
const subscribeToNeeds = (envoy: FakeEnvoy): FakeTurn =>
  orderOf(envoy).reduce<FakeTurn>(
    (turn, typeUrl) => {
      if (typeUrl === TypeUrl.ScopedRoutes) return subscribeToScopes(turn);
      const needed = neededOf(turn.envoy, typeUrl);
      if (needed === undefined) return turn;
      const { names, held, mentioned } = turn.envoy.types[typeUrl];
      const subscribe = [...needed].filter((name) => !names.has(name));
      const unsubscribe = [...names].filter((name) => !needed.has(name));
      if (subscribe.length + unsubscribe.length === 0) return turn;
      const stays = new Map([...held].filter(([name]) => needed.has(name)));
      const kept = new Map(turn.envoy.kept);
      for (const name of unsubscribe) kept.delete(nameOf({ typeUrl, name }));
      return {
        envoy: withType({ ...turn.envoy, kept }, typeUrl, {
          names: needed,
          held: stays,
          open: true,
          mentioned: new Set([...mentioned, ...needed]),
        }),
        requests: [...turn.requests, { ...request(typeUrl), subscribe, unsubscribe }],
      };
    },
    { envoy, requests: [] },
  );

/** Scopes are asked for once, with the first listener that has them. */
const subscribeToScopes = (turn: FakeTurn): FakeTurn => {
  const { scoping } = turn.envoy;
  if (scoping.scopes === undefined || scoping.hasAsked) return turn;
  const asking = { ...turn.envoy, scoping: { ...scoping, hasAsked: true } };
  return {
    envoy: withType(asking, TypeUrl.ScopedRoutes, { open: true }),
    requests: [...turn.requests, request(TypeUrl.ScopedRoutes)],
  };
};

const orderOf = ({ asksScopesFirst }: FakeEnvoy): readonly TypeUrl[] =>
  asksScopesFirst
    ? typeUrls
    : [...typeUrls.filter((t) => t !== TypeUrl.ScopedRoutes), TypeUrl.ScopedRoutes];

const wants = ({ types }: FakeEnvoy, typeUrl: TypeUrl, name: string): boolean =>
  isWildcard(typeUrl) || types[typeUrl].names.has(name);

const withType = (envoy: FakeEnvoy, typeUrl: TypeUrl, part: Partial<FakeType>): FakeEnvoy => ({
  ...envoy,
  types: { ...envoy.types, [typeUrl]: { ...envoy.types[typeUrl], ...part } },
});

const mapTypes = (envoy: FakeEnvoy, f: (type: FakeType, typeUrl: TypeUrl) => FakeType) =>
  typeUrls.reduce((types, t) => ({ ...types, [t]: f(types[t], t) }), envoy.types);
