import type * as t from 'io-ts';

import { EndpointSlice } from './core/endpoint-slice.ts';
import { Secret } from './core/secret.ts';
import { Service } from './core/service.ts';
import { AuthService } from './emissary/auth-service.ts';
import { ConsulResolver } from './emissary/consul-resolver.ts';
import { DevPortal } from './emissary/dev-portal.ts';
import { Host } from './emissary/host.ts';
import { Listener } from './emissary/listener.ts';
import { LogService } from './emissary/log-service.ts';
import { Mapping } from './emissary/mapping.ts';
import { Module } from './emissary/module.ts';
import { RateLimitService } from './emissary/rate-limit-service.ts';
import { Resolver } from './emissary/resolver.ts';
import { TCPMapping } from './emissary/tcp-mapping.ts';
import { TLSContext } from './emissary/tls-context.ts';
import { TracingService } from './emissary/tracing-service.ts';

/** The group of our own kinds. */
export const group = 'getambassador.io';

/** A kind of our own, by the name it has in paths of the API. */
const own = <P extends string, C extends t.Mixed>(plural: P, codec: C) => ({
  apiVersion: `${group}/v3alpha1` as const,
  plural,
  codec,
});

/** The kinds we read: the version of each, its name in paths of the API, and its codec. */
export const kindTable = {
  Listener: own('listeners', Listener),
  Host: own('hosts', Host),
  Mapping: own('mappings', Mapping),
  TCPMapping: own('tcpmappings', TCPMapping),
  TLSContext: own('tlscontexts', TLSContext),
  AuthService: own('authservices', AuthService),
  RateLimitService: own('ratelimitservices', RateLimitService),
  LogService: own('logservices', LogService),
  TracingService: own('tracingservices', TracingService),
  Module: own('modules', Module),
  DevPortal: own('devportals', DevPortal),
  ConsulResolver: own('consulresolvers', ConsulResolver),
  KubernetesEndpointResolver: own('kubernetesendpointresolvers', Resolver),
  KubernetesServiceResolver: own('kubernetesserviceresolvers', Resolver),
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
export const isOwn = (kind: Kind): boolean => ownKinds.has(kind);

const ownKinds: ReadonlySet<Kind> = new Set(
  kinds.filter((kind) => kindTable[kind].apiVersion.startsWith(`${group}/`)),
);

/** Whether objects of a kind have an effect; the others are read, checked, and said to have none. */
export const isTranslated = (kind: Kind): boolean => !untranslated.has(kind);

const untranslated: ReadonlySet<Kind> = new Set([
  'TCPMapping',
  'TLSContext',
  'AuthService',
  'RateLimitService',
  'LogService',
  'TracingService',
  'Module',
  'DevPortal',
  'ConsulResolver',
]);
