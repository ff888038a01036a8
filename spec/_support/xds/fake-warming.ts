import type { Resource, ResourceName } from '../../../src/xds/resource.ts';
import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { FakeEnvoy, FakeTurn, Warming } from './fake-envoy.ts';

/**
 * The warming clusters after a response: new or changed ones wait until all their load assignments and
 * secrets are sent.
 */
export const warmingAfter = (
  envoy: FakeEnvoy,
  { typeUrl, resources, removed }: DeltaResponse,
  applied: readonly Resource[],
): Warming => {
  const warming = new Map(envoy.warming);
  if (typeUrl === TypeUrl.Cluster) {
    for (const name of removed) warming.delete(name);
    for (const { name, warmedBy } of applied) warming.set(name, warmedBy);
  }
  const told = new Set([...resources.map((one) => one.name), ...removed]);
  return waitingFor(warming, (need) => need.typeUrl !== typeUrl || !told.has(need.name));
};

const waitingFor = (warming: Warming, isOpen: (need: ResourceName) => boolean): Warming =>
  new Map(
    [...warming]
      .map(([cluster, needs]) => [cluster, needs.filter(isOpen)] as const)
      .filter(([, needs]) => needs.length > 0),
  );

/** Gives up waiting; it complains except about resources that it refused. */
export const giveUp = (envoy: FakeEnvoy): FakeTurn => {
  const refused = [...envoy.refused];
  const left = waitingFor(
    envoy.warming,
    ({ typeUrl, name }) => !refused.some((key) => key.startsWith(`${typeUrl} ${name}@`)),
  );
  const complaints = Array.from(
    left,
    ([cluster, needs]) => `${cluster} waits for ${needs.map(({ name }) => name).join()} in vain`,
  );
  return {
    envoy: {
      ...envoy,
      warming: new Map(),
      withheld: undefined,
      complaints: [...envoy.complaints, ...complaints],
    },
    requests: envoy.withheld === undefined ? [] : [envoy.withheld],
  };
};

/**
 * Clusters without any version of what they wait for; after a while, the others use what they have.
 */
export const starved = ({ types, warming }: FakeEnvoy): Warming =>
  waitingFor(warming, ({ typeUrl, name }) => !types[typeUrl].held.has(name));
