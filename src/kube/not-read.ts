import type { Problem } from '../problem/problem.ts';
import { carriesObjects } from './annotation/carried-in.ts';
import { recordOf } from './codec/record-of.ts';
import { ingressController } from './core/ingress-class.ts';
import { refOf } from './identity.ts';
import { isOfUsualClass } from './core/ingress-class-name.ts';
import { kindTable } from './kind.ts';

/**
 * What is wrong with an object of which Emissary reads more than we do, or a version that we do not read: nothing,
 * if Emissary does not read it either.
 *
 * Emissary takes the Ingresses of its class, and those that carry objects of its own; here each object is read alone,
 * so the class is known by its usual name. Of Knative it takes the Ingresses of its class there.
 */
export const notRead = (value: unknown): readonly Problem[] => {
  const { apiVersion, kind, metadata, spec } = recordOf(value);
  const group = typeof apiVersion === 'string' ? apiVersion.split('/')[0] : undefined;
  if (kind === 'IngressClass')
    return group === 'networking.k8s.io' && recordOf(spec)['controller'] === ingressController
      ? [oldVersion(value, kind)]
      : [];
  if (kind !== 'Ingress' && kind !== 'ClusterIngress') return [];
  const { annotations } = recordOf(metadata);
  if (group === knativeGroup)
    return recordOf(annotations)[knativeAnnotation] === knativeClass
      ? [{ _tag: 'NotYetSupported', object: refOf(kind, metadata, 'Namespaced'), field: '' }]
      : [];
  return kind === 'Ingress' &&
    (group === 'networking.k8s.io' || group === 'extensions') &&
    (isOfUsualClass(value) || carriesObjects(metadata))
    ? [oldVersion(value, kind)]
    : [];
};

const knativeGroup = 'networking.internal.knative.dev';

const knativeAnnotation = 'networking.knative.dev/ingress.class';

const knativeClass = 'ambassador.ingress.networking.knative.dev';

const oldVersion = (value: unknown, kind: 'Ingress' | 'IngressClass'): Problem => {
  const { apiVersion, metadata } = recordOf(value);
  const { apiVersion: expected, scope } = kindTable[kind];
  const object = refOf(kind, metadata, scope);
  return {
    ...{ _tag: 'UnsupportedVersion', object, field: 'apiVersion' },
    ...{ got: String(apiVersion), expected },
  };
};
