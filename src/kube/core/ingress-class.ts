import * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { ambassadorIdAnnotation } from './ingress.ts';
import { ageField, metaFields } from './object-meta.ts';

/** The annotation of the class of every Ingress that names none. */
export const defaultClassAnnotation = 'ingressclass.kubernetes.io/is-default-class';

/** The controller that Emissary is to IngressClasses, and so are we. */
export const ingressController = 'getambassador.io/ingress-controller';

/** networking.k8s.io/v1 IngressClass: which controller serves the Ingresses that name it. */
export const IngressClass = struct(
  {
    metadata: struct(metaFields, {
      ...ageField,
      annotations: struct(
        {},
        { [defaultClassAnnotation]: t.string, [ambassadorIdAnnotation]: t.string },
      ),
    }),
  },
  { spec: struct({}, { controller: t.string }) },
);
export type IngressClass = t.TypeOf<typeof IngressClass>;
