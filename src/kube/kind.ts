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

/** The kinds we read: the version of each, its name in paths of the API, and its codec. */
export const kindTable = {
  Listener: { apiVersion: v3alpha1, plural: 'listeners', codec: Listener },
  Host: { apiVersion: v3alpha1, plural: 'hosts', codec: Host },
  Mapping: { apiVersion: v3alpha1, plural: 'mappings', codec: Mapping },
  KubernetesEndpointResolver: {
    apiVersion: v3alpha1,
    plural: 'kubernetesendpointresolvers',
    codec: Resolver,
  },
  KubernetesServiceResolver: {
    apiVersion: v3alpha1,
    plural: 'kubernetesserviceresolvers',
    codec: Resolver,
  },
  Service: { apiVersion: 'v1', plural: 'services', codec: Service },
  EndpointSlice: {
    apiVersion: 'discovery.k8s.io/v1',
    plural: 'endpointslices',
    codec: EndpointSlice,
  },
  Secret: { apiVersion: 'v1', plural: 'secrets', codec: Secret },
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

/** Whether a kind is one of our own group: it has a status, and a mistake in it is the user's. */
export const isOwn = (kind: Kind): boolean => kindTable[kind].apiVersion.startsWith(`${group}/`);
