import type * as t from 'io-ts';

import { EndpointSlice } from './endpoint-slice.ts';
import { Host } from './host.ts';
import { Listener } from './listener.ts';
import { Mapping } from './mapping.ts';
import { Resolver } from './resolver.ts';
import { Secret } from './secret.ts';
import { Service } from './service.ts';

/** The group of our own kinds. */
export const group = 'getambassador.io';

const v3alpha1 = `${group}/v3alpha1`;

/** The kinds we read: the version of each and its codec. */
export const kindTable = {
  Listener: { apiVersion: v3alpha1, codec: Listener },
  Host: { apiVersion: v3alpha1, codec: Host },
  Mapping: { apiVersion: v3alpha1, codec: Mapping },
  KubernetesEndpointResolver: { apiVersion: v3alpha1, codec: Resolver },
  KubernetesServiceResolver: { apiVersion: v3alpha1, codec: Resolver },
  Service: { apiVersion: 'v1', codec: Service },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', codec: EndpointSlice },
  Secret: { apiVersion: 'v1', codec: Secret },
} as const;

/** A kind we read. */
export type Kind = keyof typeof kindTable;

/** An object of a kind, as its codec reads it. */
export type ObjectOf<K extends Kind> = t.TypeOf<(typeof kindTable)[K]['codec']>;

/** All kinds we read. */
export const kinds: readonly Kind[] = Object.keys(kindTable).filter((name): name is Kind =>
  isKind(name),
);

/** Whether a kind is one we read. */
export function isKind(name: string): name is Kind {
  return Object.hasOwn(kindTable, name);
}
