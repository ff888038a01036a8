import type { TestCluster } from '../test-cluster/test-cluster.ts';
import { aHost, aListener, aMapping, aService } from '../world/builders.ts';

/** A Listener, a Host, a Service and the Mapping `shop`, of which three have a status. */
export const objects = (namespace: string, mapping = {}) => [
  aListener(`${namespace}/http`),
  aHost(`${namespace}/all`, { hostname: '*' }),
  aService(`${namespace}/web`),
  aMapping(`${namespace}/shop`, mapping),
];

/** An object as the API server has it. */
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

/** Asks the API server for an object. */
export const stored = async (
  cluster: TestCluster,
  namespace: string,
  kind: string,
  name: string,
) => {
  const { stdout } = await cluster.kubectl(['get', kind, name, '-n', namespace, '-o', 'json']);
  return JSON.parse(stdout) as Stored;
};

/** The conditions of an object: `Accepted=True Accepted @1`, where the last is the generation. */
export const conditions = ({ status }: Stored): readonly string[] =>
  (status?.conditions ?? []).map(
    ({ type, status: is, reason, observedGeneration }) =>
      `${type}=${is} ${reason} @${observedGeneration}`,
  );
