import type { TestCluster } from '../test-cluster/test-cluster.ts';
import type { Manifest } from '../world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGrpcRoute,
  aListenerSet,
  anHttpRoute,
  aTlsPolicy,
} from '../world/gateway-api/builders.ts';

/** One object of each kind of the Gateway API that has a status; the class is named as the namespace. */
export const gatewayObjects = (namespace: string): readonly Manifest[] => [
  aGatewayClass(namespace),
  aGateway(`${namespace}/gw`, { gatewayClassName: namespace }),
  aListenerSet(`${namespace}/more`),
  anHttpRoute(`${namespace}/web`),
  aGrpcRoute(`${namespace}/calls`),
  aTlsPolicy(`${namespace}/tls`),
];

/** The path of an object of the Gateway API. */
export const pathOf = (namespace: string, plural: string, name: string): string =>
  plural === 'gatewayclasses'
    ? `${root}/${plural}/${name}`
    : `${root}/namespaces/${namespace}/${plural}/${name}`;

const root = '/apis/gateway.networking.k8s.io/v1';

/** A condition as the API server has it. */
export interface StoredCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime: string;
}

/** An entry of a list that several controllers write to. */
export interface StoredEntry {
  readonly controllerName: string;
  readonly parentRef?: object;
  readonly ancestorRef?: object;
  readonly conditions: readonly StoredCondition[];
}

/** An object of the Gateway API as the API server has it. */
export interface StoredObject {
  readonly metadata: { readonly generation: number; readonly resourceVersion: string };
  readonly status?: {
    readonly conditions?: readonly StoredCondition[];
    readonly addresses?: readonly object[];
    readonly attachedListenerSets?: number;
    readonly supportedFeatures?: readonly object[];
    readonly listeners?: readonly {
      readonly name: string;
      readonly attachedRoutes: number;
      readonly conditions: readonly StoredCondition[];
    }[];
    readonly parents?: readonly StoredEntry[];
    readonly ancestors?: readonly StoredEntry[];
  };
}

/** Reads and changes objects of the Gateway API in one namespace, as another controller does. */
export const gatewayApiOf = (cluster: TestCluster, namespace: string) => {
  const get = async (plural: string, name: string): Promise<StoredObject> => {
    const { body } = await cluster.request({ path: pathOf(namespace, plural, name) });
    return body as StoredObject;
  };
  return {
    get,
    /** Changes the status with the whole object, as most controllers do. */
    update: async (
      plural: string,
      name: string,
      change: (status: NonNullable<StoredObject['status']>) => object,
    ): Promise<void> => {
      const object = await get(plural, name);
      const { status } = await cluster.request({
        method: 'PUT',
        path: `${pathOf(namespace, plural, name)}/status?fieldManager=other`,
        body: { ...object, status: change(object.status ?? {}) },
      });
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
    },
    /** Changes the spec. */
    patch: async (plural: string, name: string, spec: object): Promise<void> => {
      const { status } = await cluster.request({
        method: 'PATCH',
        path: pathOf(namespace, plural, name),
        contentType: 'application/merge-patch+json',
        body: { spec },
      });
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
    },
    remove: async (plural: string, name: string): Promise<void> => {
      await cluster.request({ method: 'DELETE', path: pathOf(namespace, plural, name) });
    },
  };
};

/** Conditions in one line each: `Accepted=True Accepted @1`, where the last is the generation. */
export const shown = (conditions: readonly StoredCondition[] = []): readonly string[] =>
  conditions.map(
    ({ type, status, reason, observedGeneration }) =>
      `${type}=${status} ${reason}${observedGeneration === undefined ? '' : ` @${observedGeneration}`}`,
  );

/** What another controller says, which nobody else may change. */
export const foreignCondition = (type = 'example.com/Seeded'): StoredCondition => ({
  ...{ type, status: 'True', reason: 'Seeded', message: 'not ours' },
  ...{ observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z' },
});

/** What another controller says of a parent of its own. */
export const foreignEntry = (ref: 'parentRef' | 'ancestorRef'): StoredEntry => ({
  [ref]: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'theirs' },
  controllerName: 'example.com/other',
  conditions: [foreignCondition('Accepted')],
});
