import { get, values } from '../../collection/collection.ts';
import { keyParts, objectKey, objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import { mappingNamespacesAnnotation } from '../../kube/core/object-meta.ts';
import { controllerName } from '../../kube/gateway/controller-name.ts';
import { GRPCRoute } from '../../kube/gateway/grpc-route.ts';
import { HTTPRoute } from '../../kube/gateway/http-route.ts';
import { gatewayGroup, type ParentReference } from '../../kube/gateway/references.ts';
import { kindTable, type Kind } from '../../kube/kind.ts';
import type { Claim } from '../../manifest/claim.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';
import type { ManifestSet } from '../../manifest/manifest-set.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';

/** The file that what is assumed is said to be in; nothing that is wrong there is anybody's fault. */
export const assumedFile = '<assumed>';

/**
 * What Mappings and routes need to be in force and others keep in another place: a Listener, a Host for every
 * name, the Gateways that routes name. Nothing is assumed where manifests have it themselves.
 */
export const assumedParents = (
  { claims }: ManifestSet,
  { namespace, ambassadorId }: TranslateOptions,
): ManifestFile => {
  const given = new Set([...values(claims)].flatMap(([claim]) => kindsOf(claim)));
  const ours = { ambassador_id: [ambassadorId] };
  const metadata = { name, namespace, annotations: { [mappingNamespacesAnnotation]: '*' } };
  const listener = {
    ...{ port: 8080, protocol: 'HTTPS', securityModel: 'XFP', ...ours },
    hostBinding: { namespace: { from: 'ALL' } },
  };
  const insecure = { insecure: { action: 'Route' } };
  const raw = [
    ...(given.has('Listener') ? [] : [object('Listener', { name, namespace }, listener)]),
    ...(given.has('Host')
      ? []
      : [object('Host', metadata, { hostname: '*', requestPolicy: insecure, ...ours })]),
    ...gateways(claims),
  ];
  return {
    file: assumedFile,
    objects: raw.map((one) => ({ raw: one, position: () => ({ line: 1, column: 1 }) })),
    problems: [],
  };
};

/** The kind of an object, and those of what it carries. */
const kindsOf = (claim: Claim | undefined): readonly Kind[] =>
  claim === undefined
    ? []
    : [claim.kind, ...(claim.item.carries?.objects ?? []).map(({ kind }) => kind)];

const name = 'assumed-by-check';

/** Each Gateway that routes name, with every listener that they name; each of these has a port of its own. */
const gateways = (claims: ManifestSet['claims']): readonly unknown[] => {
  const wanted = new Map<ObjectKey, Map<string, number | undefined>>();
  for (const [claim] of values(claims)) {
    const { object: route } = claim?.item ?? {};
    if (!HTTPRoute.is(route) && !GRPCRoute.is(route)) continue;
    for (const parent of route.spec.parentRefs ?? []) {
      const key = objectKey(parent.namespace ?? route.metadata.namespace, parent.name);
      if (!isGateway(parent) || get(claims, objectRef('Gateway', key)) !== undefined) continue;
      const sections = wanted.get(key) ?? new Map();
      wanted.set(key, sections.set(parent.sectionName ?? 'http', parent.port));
    }
  }
  if (wanted.size === 0) return [];
  return [
    object('GatewayClass', { name }, { controllerName }),
    ...[...wanted].map(([key, sections]) => {
      const [namespace, own] = keyParts(key);
      const listeners = [...sections].map(([section, port], at) => ({
        ...{ name: section, port: port ?? 80 + at, protocol: 'HTTP' },
        allowedRoutes: { namespaces: { from: 'All' } },
      }));
      return object('Gateway', { name: own, namespace }, { gatewayClassName: name, listeners });
    }),
  ];
};

const isGateway = ({ group, kind }: ParentReference): boolean =>
  group === gatewayGroup && kind === 'Gateway';

const object = (
  kind: 'Listener' | 'Host' | 'GatewayClass' | 'Gateway',
  metadata: object,
  spec: object,
): unknown => ({ apiVersion: kindTable[kind].apiVersion, kind, metadata, spec });
