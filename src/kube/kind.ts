import type * as t from 'io-ts';

import { keyParts, objectRef, refParts, type ObjectRef } from '../ir/object-ref.ts';
import { ConfigMap } from './core/config-map.ts';
import { CustomResourceDefinition } from './core/definition.ts';
import { EndpointSlice } from './core/endpoint-slice.ts';
import { IngressClass } from './core/ingress-class.ts';
import { Ingress, secretsOfIngress } from './core/ingress.ts';
import { Namespace } from './core/namespace.ts';
import type { Scope } from './core/scope.ts';
import { Secret } from './core/secret.ts';
import { Service } from './core/service.ts';
import { AuthService } from './emissary/auth-service.ts';
import { ConsulResolver } from './emissary/consul-resolver.ts';
import { DevPortal } from './emissary/dev-portal.ts';
import { Host, secretOfHost } from './emissary/host.ts';
import { secretsOfTls } from './emissary/host-tls.ts';
import { Listener } from './emissary/listener.ts';
import { LogService } from './emissary/log-service.ts';
import { Mapping } from './emissary/mapping.ts';
import { Module, moduleNamed } from './emissary/module/module.ts';
import { RateLimitService } from './emissary/rate-limit-service.ts';
import { Resolver } from './emissary/resolver.ts';
import { TCPMapping } from './emissary/tcp-mapping.ts';
import { TLSContext } from './emissary/tls-context.ts';
import { TracingService } from './emissary/tracing-service.ts';
import { BackendTLSPolicy } from './gateway/backend-tls-policy.ts';
import { Gateway } from './gateway/gateway.ts';
import { GatewayClass } from './gateway/gateway-class.ts';
import { GRPCRoute } from './gateway/grpc-route.ts';
import { HTTPRoute } from './gateway/http-route.ts';
import { ListenerSet } from './gateway/listener-set.ts';
import { ReferenceGrant } from './gateway/reference-grant.ts';
import {
  authoritiesOfPolicy,
  referencesOfGateway,
  referencesOfListenerSet,
} from './gateway/referred-objects.ts';
import { languageGroups, type LanguageName } from './language.ts';

/** What there is to know of a kind. */
interface Row<C extends t.Mixed = t.Mixed> {
  /** The version in which it is read: `v1`, or `getambassador.io/v3alpha1`. */
  readonly apiVersion: string;
  /** Its name in paths of the API: `mappings`. */
  readonly plural: string;
  readonly scope: Scope;
  readonly codec: C;
  /**
   * The language it belongs to: its objects have a status that we write, and an unknown field is a
   * mistake of the user. A kind of Kubernetes itself belongs to none.
   */
  readonly language?: LanguageName;
  /** Whether its objects have an effect; the others are read, checked, and said to have none. */
  readonly isTranslated: boolean;
  /** Whether requests can be refused because it is not translated or not read; then its language says so. */
  readonly isGuarding?: true;
  /** Whether only those objects are read that others refer to; of the rest only names are known. */
  readonly isFetched?: true;
  /** The language that alone has a use for it: it is read only where kinds of that language are installed. */
  readonly onlyFor?: LanguageName;
  /** Whether its objects can carry objects of Emissary in an annotation. */
  readonly isCarrier?: true;
  /** Whether all is well where it may not be read: then it counts as empty. */
  readonly isOptional?: true;
  /** Whether it is as a kind of a language: with a status that we write, and unknown fields that are mistakes. */
  readonly isTold?: true;
  /** The objects of such kinds that an object refers to. */
  refersTo?(object: t.TypeOf<C>): readonly ObjectRef[];
  /** The codec of an object with this name, where names tell of what shape objects are. */
  codecNamed?(name: string): C;
}

/** A kind of Kubernetes itself. */
const core = <C extends t.Mixed>(apiVersion: string, plural: string, codec: C): Row<C> => ({
  apiVersion,
  plural,
  scope: 'Namespaced',
  codec,
  isTranslated: true,
});

/** A kind of Emissary. */
const emissary = <C extends t.Mixed>(
  plural: string,
  codec: C,
  more: Pick<Row<C>, 'refersTo' | 'codecNamed' | 'isGuarding'> = {},
): Row<C> => ({
  apiVersion: `${languageGroups.emissary}/v3alpha1`,
  plural,
  scope: 'Namespaced',
  codec,
  language: 'emissary',
  isTranslated: true,
  ...more,
});

/** A kind of the Gateway API. */
const gateway = <C extends t.Mixed>(
  plural: string,
  codec: C,
  more: Partial<Pick<Row<C>, 'refersTo' | 'scope' | 'apiVersion'>> = {},
): Row<C> => ({
  apiVersion: `${languageGroups.gateway}/v1`,
  plural,
  scope: 'Namespaced',
  codec,
  language: 'gateway',
  isTranslated: true,
  ...more,
});

/** A kind that has no effect yet. */
const untranslated = <C extends t.Mixed>(row: Row<C>): Row<C> => ({ ...row, isTranslated: false });

/** The kinds we read, and all there is to know of each by its name; what refers to others comes before them. */
export const kindTable = {
  Listener: emissary('listeners', Listener),
  Host: emissary('hosts', Host, {
    refersTo: (host) => {
      const secret = secretOfHost(host);
      const { metadata, spec } = host;
      return [
        ...(secret === undefined ? [] : [objectRef('Secret', secret)]),
        ...(spec.tls === undefined ? [] : secretsOfTls(spec.tls, metadata.namespace)),
      ];
    },
  }),
  Mapping: emissary('mappings', Mapping),
  TCPMapping: emissary('tcpmappings', TCPMapping),
  TLSContext: emissary('tlscontexts', TLSContext, {
    refersTo: ({ metadata, spec }) => secretsOfTls(spec, metadata.namespace),
  }),
  AuthService: emissary('authservices', AuthService),
  RateLimitService: emissary('ratelimitservices', RateLimitService),
  LogService: emissary('logservices', LogService),
  TracingService: emissary('tracingservices', TracingService),
  Module: emissary('modules', Module, { codecNamed: moduleNamed, isGuarding: true }),
  DevPortal: untranslated(emissary('devportals', DevPortal)),
  ConsulResolver: emissary('consulresolvers', ConsulResolver),
  KubernetesEndpointResolver: emissary('kubernetesendpointresolvers', Resolver),
  KubernetesServiceResolver: emissary('kubernetesserviceresolvers', Resolver),
  GatewayClass: gateway('gatewayclasses', GatewayClass, { scope: 'Cluster' }),
  Gateway: gateway('gateways', Gateway, { refersTo: referencesOfGateway }),
  ListenerSet: gateway('listenersets', ListenerSet, { refersTo: referencesOfListenerSet }),
  HTTPRoute: gateway('httproutes', HTTPRoute),
  GRPCRoute: gateway('grpcroutes', GRPCRoute),
  BackendTLSPolicy: gateway('backendtlspolicies', BackendTLSPolicy, {
    refersTo: authoritiesOfPolicy,
  }),
  // Every release of the Gateway API serves this version of it.
  ReferenceGrant: gateway('referencegrants', ReferenceGrant, {
    apiVersion: `${languageGroups.gateway}/v1beta1`,
  }),
  Ingress: {
    ...core('networking.k8s.io/v1', 'ingresses', Ingress),
    isCarrier: true,
    isOptional: true,
    isTold: true,
    refersTo: secretsOfIngress,
  },
  IngressClass: {
    ...core('networking.k8s.io/v1', 'ingressclasses', IngressClass),
    scope: 'Cluster',
    isOptional: true,
  },
  // Those of the Gateway API.
  CustomResourceDefinition: {
    ...core('apiextensions.k8s.io/v1', 'customresourcedefinitions', CustomResourceDefinition),
    scope: 'Cluster',
  },
  Namespace: { ...core('v1', 'namespaces', Namespace), scope: 'Cluster', onlyFor: 'gateway' },
  Service: { ...core('v1', 'services', Service), isCarrier: true },
  EndpointSlice: core('discovery.k8s.io/v1', 'endpointslices', EndpointSlice),
  Secret: { ...core('v1', 'secrets', Secret), isFetched: true },
  ConfigMap: { ...core('v1', 'configmaps', ConfigMap), isFetched: true, onlyFor: 'gateway' },
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

/** The kinds of objects that can carry others in an annotation. */
export const carrierKinds: readonly Kind[] = kinds.filter((kind) => {
  const { isCarrier }: Row = kindTable[kind];
  return isCarrier === true;
});

/** Whether all is well where a kind may not be read. */
export const isOptional = (kind: Kind): boolean => {
  const row: Row = kindTable[kind];
  return row.isOptional === true;
};

/** Whether owners of objects of a kind are told by a status that we write, and of unknown fields. */
export const isTold = (kind: Kind): boolean => {
  const { language, isTold: told }: Row = kindTable[kind];
  return language !== undefined || told === true;
};

/** The kinds of a language. */
export const kindsOf = (language: LanguageName): readonly Kind[] =>
  kinds.filter((kind) => kindTable[kind].language === language);

/** The codec that reads an object. */
export const codecOf = (kind: Kind, object: ObjectRef): t.Mixed => {
  const { codec, codecNamed }: Row = kindTable[kind];
  if (codecNamed === undefined) return codec;
  const [, key] = refParts(object);
  return codecNamed(keyParts(key)[1]);
};

/** A kind as `kubectl` and roles name it: `mappings.getambassador.io`. */
export const resourceName = (kind: Kind): string => {
  const { apiVersion, plural } = kindTable[kind];
  const [group, version] = apiVersion.split('/');
  return version === undefined ? plural : `${plural}.${group}`;
};

/**
 * The definitions, by name, of which one must be installed for a kind to be read; undefined where it is read
 * in any case. The Gateway API is a choice of whoever runs the cluster: what is not installed of it is empty.
 */
export const neededDefinitions = (kind: Kind): ((name: string) => boolean) | undefined => {
  const { language, onlyFor }: Row = kindTable[kind];
  if (language === 'gateway') return (name) => name === resourceName(kind);
  return onlyFor === undefined ? undefined : (name) => isDefinedFor(onlyFor, name);
};

/** Whether a definition is of a kind of a language; of some of these nothing is read yet. */
export const isDefinedFor = (language: LanguageName, definition: string): boolean =>
  definition.endsWith(`.${languageGroups[language]}`);

/** The objects that an object refers to and that are fetched for it. */
export const referencesOf = (kind: Kind, object: ObjectOf<Kind>): readonly ObjectRef[] => {
  const row: Row = kindTable[kind];
  return row.refersTo?.(object) ?? [];
};
