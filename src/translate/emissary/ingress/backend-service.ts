import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, objectRef, type ObjectRef } from '../../../ir/object-ref.ts';
import type { IngressBackend } from '../../../kube/core/ingress.ts';
import type { Service } from '../../../kube/core/service.ts';
import type { Problem } from '../../../problem/problem.ts';

/** The `service` of a Mapping for a backend: `name:port`. Or why there is none. */
export const backendService = (
  { service, resource }: IngressBackend,
  namespace: string,
  { object, field }: { readonly object: ObjectRef; readonly field: string },
  read: Read<{ readonly services: Service }>,
): string | Problem => {
  const invalid = (below: string, expected: string, got: string): Problem => ({
    ...{ _tag: 'InvalidField', object, field: `${field}${below}`, expected, got },
  });
  if (resource !== undefined)
    return invalid(
      '.resource',
      'a Service; to objects of other kinds nothing is sent',
      'another object',
    );
  if (service === undefined) return invalid('', 'a service', 'nothing');
  const { name, port: { number, name: portName } = {} } = service;
  if ((number === undefined) === (portName === undefined))
    return invalid(
      '.service.port',
      'exactly one of number and name',
      number === undefined ? 'neither' : 'both',
    );
  if (portName === undefined) return `${name}:${number}`;
  const key = objectKey(namespace, name);
  const target = objectRef('Service', key);
  const found = read('services', key);
  if (found === undefined)
    return { _tag: 'NotFound', object, field: `${field}.service.name`, target };
  const { ports } = found.spec;
  const named = ports.find((port) => port.name === portName && port.protocol === 'TCP');
  return named === undefined
    ? {
        ...{ _tag: 'PortNotFound', object, field: `${field}.service.port.name`, target },
        port: portName,
        ports: ports.flatMap((port) => port.name ?? []),
      }
    : `${name}:${named.port}`;
};
