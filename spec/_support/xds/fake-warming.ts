import type { Resource } from '../../../src/xds/resource.ts';
import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { FakeEnvoy, FakeTurn } from './fake-envoy.ts';

/**
 * The warming clusters after a response: new or changed ones wait until a load assignment is sent.
 */
export const warmingAfter = (
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

/** Gives up waiting for load assignments; it complains except about those that it refused. */
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

/** Clusters without any load assignment; after a while, the others use the one they have. */
export const starved = ({ types, warming }: FakeEnvoy): ReadonlySet<string> =>
  new Set([...warming].filter((name) => !types[TypeUrl.Endpoints].held.has(name)));
