import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { recordOf } from './codec/record-of.ts';
import { refOf } from './identity.ts';

/**
 * What is wrong with an object of a kind that is not read: nothing, if Emissary does not read it either.
 *
 * Emissary takes the Ingresses of its class, and those that carry objects of its own. Which class that is says
 * an IngressClass; here each object is read alone, so it is known by its usual name.
 */
export const notRead = (value: unknown): readonly Problem[] => {
  const { apiVersion, kind, metadata, spec } = recordOf(value);
  if (typeof apiVersion !== 'string' || !ingressGroups.has(apiVersion.split('/')[0] ?? ''))
    return [];
  switch (kind) {
    case 'Ingress': {
      const object = refOf(kind, metadata, 'Namespaced');
      const isOurs = classesOf(metadata, spec).includes(usualClass);
      return [...(isOurs ? [problemOf(object, '')] : []), ...objectsWithin(object, metadata)];
    }
    case 'IngressClass':
      return recordOf(spec)['controller'] === controller
        ? [problemOf(refOf(kind, metadata, 'Cluster'), '')]
        : [];
    default:
      return [];
  }
};

/** A problem for an object that carries others in an annotation, as Emissary reads them. */
export const objectsWithin = (object: ObjectRef, metadata: unknown): readonly Problem[] =>
  Object.hasOwn(recordOf(recordOf(metadata)['annotations']), carrying)
    ? [problemOf(object, `metadata.annotations["${carrying}"]`)]
    : [];

const carrying = 'getambassador.io/config';

const ingressGroups: ReadonlySet<string> = new Set(['networking.k8s.io', 'extensions']);

const usualClass = 'ambassador';

const controller = 'getambassador.io/ingress-controller';

const classesOf = (metadata: unknown, spec: unknown): readonly unknown[] => [
  recordOf(recordOf(metadata)['annotations'])['kubernetes.io/ingress.class'],
  recordOf(spec)['ingressClassName'],
];

const problemOf = (object: ObjectRef, field: string): Problem => ({
  _tag: 'NotYetSupported',
  object,
  field,
});
