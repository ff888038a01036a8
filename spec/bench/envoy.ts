import type { DeltaRequest, DeltaResponse } from '../../src/xds/session/discovery.ts';
import { TypeUrl } from '../../src/xds/type-url.ts';
import { request } from '../_support/xds/fake-envoy.ts';

/** What an Envoy says first. */
export const firstRequests: readonly DeltaRequest[] = [
  request(TypeUrl.Cluster),
  request(TypeUrl.Listener),
];

/**
 * What an Envoy that accepts everything says to a response: it asks for what a new resource needs,
 * then answers. Unlike the fake Envoy of the specs it keeps no state, so that its own work stays
 * small: it asks again for what it may have, which costs the control plane a little more.
 */
export const answersTo = ({
  typeUrl,
  nonce,
  resources,
}: DeltaResponse): readonly DeltaRequest[] => {
  const answer = { ...request(typeUrl), nonce };
  switch (typeUrl) {
    case TypeUrl.Cluster:
      return resources.length === 0
        ? [answer]
        : [
            subscription(
              TypeUrl.Endpoints,
              resources.flatMap(({ warmedBy }) => warmedBy.map(({ name }) => name)),
            ),
            answer,
          ];
    case TypeUrl.Listener: {
      const tables = resources.map(({ name }) => `${name}/cleartext`);
      return [
        subscription(TypeUrl.Routes, tables),
        request(TypeUrl.ScopedRoutes),
        subscription(
          TypeUrl.Extension,
          tables.map((table) => `shards ${table}`),
        ),
        answer,
      ];
    }
    default:
      return [answer];
  }
};

const subscription = (typeUrl: TypeUrl, subscribe: readonly string[]): DeltaRequest => ({
  ...request(typeUrl),
  subscribe,
});
