import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { FakeEnvoy } from './fake-envoy.ts';
import { filtersNeeded } from './fake-scopes.ts';
import { referencesOf } from './xds-world.ts';

/** The names of a type that are needed; `undefined` for a type that is asked for as a whole. */
export const neededOf = (envoy: FakeEnvoy, typeUrl: TypeUrl): ReadonlySet<string> | undefined => {
  if (typeUrl === TypeUrl.Extension) return filtersNeeded(envoy);
  const references = dependentTypes.filter(([type]) => type === typeUrl);
  return references.length === 0
    ? undefined
    : new Set(
        references.flatMap(([, referrer, key]) =>
          [...envoy.types[referrer].held.values()].flatMap((one) => referencesOf(one)[key] ?? []),
        ),
      );
};

const dependentTypes: readonly (readonly [TypeUrl, TypeUrl, 'endpoints' | 'secrets' | 'routes'])[] =
  [
    [TypeUrl.Endpoints, TypeUrl.Cluster, 'endpoints'],
    [TypeUrl.Secret, TypeUrl.Cluster, 'secrets'],
    [TypeUrl.Secret, TypeUrl.Listener, 'secrets'],
    [TypeUrl.Routes, TypeUrl.Listener, 'routes'],
  ];
