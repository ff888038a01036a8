import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { FakeEnvoy } from './fake-envoy.ts';
import { filtersNeeded } from './fake-scopes.ts';
import { referencesOf } from './xds-world.ts';

/** The names of a type that are needed; `undefined` for a type that is asked for as a whole. */
export const neededOf = (envoy: FakeEnvoy, typeUrl: TypeUrl): ReadonlySet<string> | undefined => {
  if (typeUrl === TypeUrl.Extension) return filtersNeeded(envoy);
  const [, referrer, key] = dependentTypes.find(([type]) => type === typeUrl) ?? [];
  return referrer === undefined || key === undefined
    ? undefined
    : new Set(
        [...envoy.types[referrer].held.values()].flatMap((one) => referencesOf(one)[key] ?? []),
      );
};

const dependentTypes: readonly (readonly [TypeUrl, TypeUrl, 'endpoints' | 'secrets' | 'routes'])[] =
  [
    [TypeUrl.Endpoints, TypeUrl.Cluster, 'endpoints'],
    [TypeUrl.Secret, TypeUrl.Listener, 'secrets'],
    [TypeUrl.Routes, TypeUrl.Listener, 'routes'],
  ];
