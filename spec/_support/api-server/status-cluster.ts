import { sharedCluster } from '../test-cluster/shared-cluster.ts';
import type { TestCluster } from '../test-cluster/test-cluster.ts';
import { aHost, aListener, aMapping, aService } from '../world/builders.ts';
import { installOwnDefinitions } from './own-definitions.ts';

/** A cluster for one spec file, with the definitions of our kinds; made when it is first asked for. */
export const clusterWithOwnKinds = (): (() => Promise<TestCluster>) => {
  const shared = sharedCluster();
  let definitions: Promise<void> | undefined;
  return async () => {
    const cluster = await shared();
    await (definitions ??= installOwnDefinitions(cluster));
    return cluster;
  };
};

/** A gateway with one Mapping, `shop`. */
export const aShop = (namespace: string, mapping = {}) => [
  aListener(`${namespace}/http`),
  aHost(`${namespace}/all`, { hostname: '*' }),
  aService(`${namespace}/web`),
  aMapping(`${namespace}/shop`, mapping),
];

/** An object as the API server holds it. */
export interface Stored {
  readonly metadata: { readonly generation: number; readonly resourceVersion: string };
  readonly status?: {
    readonly state?: string;
    readonly reason?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason: string;
      readonly message: string;
      readonly observedGeneration: number;
      readonly lastTransitionTime: string;
    }[];
  };
}

/** Reads an object with its status. */
export const stored = async (
  cluster: TestCluster,
  namespace: string,
  kind: string,
  name: string,
) => {
  const { stdout } = await cluster.kubectl(['get', kind, name, '-n', namespace, '-o', 'json']);
  return JSON.parse(stdout) as Stored;
};

/** The conditions of an object, each in one line. */
export const conditions = ({ status }: Stored): readonly string[] =>
  (status?.conditions ?? []).map(
    ({ type, status: is, reason, observedGeneration }) =>
      `${type}=${is} ${reason} @${observedGeneration}`,
  );
