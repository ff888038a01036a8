import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { carriesObjects } from './annotation/carried-in.ts';
import { recordOf } from './codec/record-of.ts';
import { refOf } from './identity.ts';
import { kindTable } from './kind.ts';

/**
 * What is wrong with an object of which Emissary reads more than we do, or a version that we do not read: nothing,
 * if Emissary does not read it either.
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
      const expected = kindTable.Ingress.apiVersion;
      const isOld = apiVersion !== expected && (isOurs || carriesObjects(metadata));
      return [
        ...(isOld ? [oldVersion(object, apiVersion, expected)] : []),
        ...(isOurs ? [notYet(object)] : []),
      ];
    }
    case 'IngressClass':
      return recordOf(spec)['controller'] === controller
        ? [notYet(refOf(kind, metadata, 'Cluster'))]
        : [];
    default:
      return [];
  }
};

const ingressGroups: ReadonlySet<string> = new Set(['networking.k8s.io', 'extensions']);

const usualClass = 'ambassador';

const controller = 'getambassador.io/ingress-controller';

const classesOf = (metadata: unknown, spec: unknown): readonly unknown[] => [
  recordOf(recordOf(metadata)['annotations'])['kubernetes.io/ingress.class'],
  recordOf(spec)['ingressClassName'],
];

const notYet = (object: ObjectRef): Problem => ({ _tag: 'NotYetSupported', object, field: '' });

const oldVersion = (object: ObjectRef, got: string, expected: string): Problem => ({
  ...{ _tag: 'UnsupportedVersion', object, field: 'apiVersion' },
  ...{ got, expected },
});
