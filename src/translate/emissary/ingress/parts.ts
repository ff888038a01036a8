import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { Ingress, IngressBackend, IngressPath } from '../../../kube/core/ingress.ts';
import type { Service } from '../../../kube/core/service.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import type { Problem } from '../../../problem/problem.ts';
import { backendService } from './backend-service.ts';
import { defaultBackend, partKey } from './ingress-part.ts';
import { pathMatches } from './path-matches.ts';

/** What an Ingress means in Emissary's language. */
export interface IngressParts {
  readonly hosts: readonly (readonly [ObjectKey, Host])[];
  readonly mappings: readonly (readonly [ObjectKey, Mapping])[];
  readonly problems: readonly Problem[];
}

/** The Services, for those that name a port. */
export interface ServiceTables {
  readonly services: Service;
}

/**
 * Takes an Ingress apart, as Emissary does: each path is a Mapping, the default backend is one for all that is left,
 * and each host of a TLS entry is a Host whose cleartext is routed, too. What is wrong with a path costs that path.
 */
export const partsOfIngress = (
  ingress: Ingress,
  key: ObjectKey,
  read: Read<ServiceTables>,
): IngressParts => {
  const ref = objectRef('Ingress', key);
  const { metadata, spec } = ingress;
  const problems: Problem[] = [];
  const mappings: (readonly [ObjectKey, Mapping])[] = [];
  const serviceOf = (backend: IngressBackend, field: string): string | undefined => {
    const found = backendService(backend, metadata.namespace, { object: ref, field }, read);
    if (typeof found === 'string') return found;
    problems.push(found);
    return undefined;
  };
  const mapping = (fields: Mapping['spec']): Mapping => ({ metadata, spec: fields });

  for (const [i, { host, http }] of (spec.rules ?? []).entries())
    for (const [j, path] of (http?.paths ?? []).entries()) {
      const at = `spec.rules[${i}].http.paths[${j}]`;
      const fault = pathFault(path, ref, at);
      const service = serviceOf(path.backend, `${at}.backend`);
      if (fault !== undefined) problems.push(fault);
      else if (service !== undefined)
        for (const { half, match } of pathMatches(path))
          mappings.push([
            partKey(key, at, half),
            mapping({ ...hostMatch(host), ...match, service }),
          ]);
    }
  if (spec.defaultBackend !== undefined) {
    const service = serviceOf(spec.defaultBackend, defaultBackend);
    if (service !== undefined)
      mappings.push([
        partKey(key, defaultBackend),
        mapping({ hostname: '*', prefix: '/', service }),
      ]);
  }
  return {
    hosts: hostsOf(ingress, key),
    mappings,
    problems: [...problems, ...notes(ingress, ref)],
  };
};

/** Its `*` stands for one label, which a `hostname` cannot say. */
const hostMatch = (host = ''): Pick<Mapping['spec'], 'hostname' | 'host' | 'host_regex'> => {
  if (host === '') return { hostname: '*' };
  if (!host.startsWith('*')) return { hostname: host };
  return { host: `^[^.]+${host.slice(1).replaceAll('.', '\\.')}$`, host_regex: true };
};

/** The paths of the API server, which in a folder nobody has seen to. */
const pathFault = (
  { path = '' }: IngressPath,
  object: ObjectRef,
  at: string,
): Problem | undefined =>
  path === '' || path.startsWith('/')
    ? undefined
    : {
        ...{ _tag: 'InvalidField', object, field: `${at}.path` },
        ...{ expected: 'a path that begins with "/"', got: JSON.stringify(path) },
      };

const hostsOf = ({ metadata, spec }: Ingress, key: ObjectKey): IngressParts['hosts'] =>
  (spec.tls ?? []).flatMap(({ hosts = [], secretName }, i) =>
    secretName === undefined
      ? []
      : (hosts.length === 0 ? [''] : hosts).map((host, j) => [
          partKey(key, `spec.tls[${i}].hosts[${j}]`),
          {
            metadata: definedOnly<Host['metadata']>({
              name: metadata.name,
              namespace: metadata.namespace,
              labels: metadata.labels,
              creationTimestamp: metadata.creationTimestamp,
            }),
            spec: {
              hostname: host === '' ? '*' : host,
              tlsSecret: { name: secretName },
              requestPolicy: { insecure: { action: 'Route' } },
            },
          },
        ]),
  );

const notes = ({ spec }: Ingress, object: ObjectRef): readonly Problem[] => [
  ...((spec.rules ?? []).length === 0 && spec.defaultBackend === undefined
    ? [
        {
          ...({ _tag: 'NotAttached', object, field: 'spec' } as const),
          reason: 'it has no rules and no defaultBackend, so no request is for it',
        },
      ]
    : []),
  ...(spec.tls ?? []).flatMap(({ secretName }, i) =>
    secretName === undefined
      ? [
          {
            ...({ _tag: 'Note', object, field: `spec.tls[${i}]` } as const),
            note: 'no effect: without secretName there is no certificate',
          },
        ]
      : [],
  ),
];
