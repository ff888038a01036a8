import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { isWildcard, keyOf, type FakeEnvoy } from './fake-envoy.ts';
import { scopesInUse } from './fake-scopes.ts';
import { referencesOf } from './xds-world.ts';

/** What a server must not send. */
export const protests = (envoy: FakeEnvoy, response: DeltaResponse): readonly string[] => {
  const { typeUrl, nonce, resources, removed } = response;
  const { open, nonces, mentioned: asked } = envoy.types[typeUrl];
  const mentioned = [...resources.map(({ name }) => name), ...removed];
  return [
    ...(open ? [] : [`${typeUrl} was not asked for`]),
    ...(nonces.has(nonce) ? [`nonce ${nonce} was used before`] : []),
    ...(mentioned.length === 0 && nonces.size > 0 ? ['an empty response'] : []),
    ...(new Set(mentioned).size < mentioned.length ? [`a name occurs twice: ${mentioned}`] : []),
    ...resources
      .filter(({ name }) => !isWildcard(typeUrl) && !asked.has(name))
      .map(({ name }) => `nobody asked for ${name}`),
    ...resources.filter((one) => envoy.refused.has(keyOf(one))).map((one) => `again ${keyOf(one)}`),
  ];
};

/** Routes, listeners and filters that refer to a cluster that is gone, or that came before its load assignment. */
export const brokenReferences = (envoy: FakeEnvoy, { typeUrl }: DeltaResponse): readonly string[] =>
  [
    ...envoy.types[TypeUrl.Routes].held.values(),
    ...envoy.types[TypeUrl.Listener].held.values(),
    ...envoy.types[TypeUrl.Extension].held.values(),
    ...(typeUrl === TypeUrl.Listener ? [] : scopesInUse(envoy)),
  ].flatMap((one) =>
    (referencesOf(one).clusters ?? [])
      .filter((cluster) => !envoy.tolerates(cluster))
      .filter(
        (cluster) =>
          !envoy.types[TypeUrl.Cluster].held.has(cluster) ||
          (warmed.includes(typeUrl) && envoy.warming.has(cluster)),
      )
      .map((cluster) => `${one.name} needs ${cluster}`),
  );

/** The types that refer to clusters, which must be warm before. */
const warmed: readonly TypeUrl[] = [TypeUrl.Listener, TypeUrl.Routes, TypeUrl.ScopedRoutes];
