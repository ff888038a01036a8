import * as t from 'io-ts';

import { objectKey, objectRef, type ObjectRef } from '../../ir/object-ref.ts';
import { AnyObject } from '../codec/any-object.ts';
import { defaulted } from '../codec/defaulted.ts';
import { unboundedList } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { Name, Path, pattern } from '../codec/text.ts';
import { ageField, metaFields, ObjectName } from './object-meta.ts';

/** The annotation that names the class of an Ingress, from before it had a field for that. */
export const ingressClassAnnotation = 'kubernetes.io/ingress.class';

/** The annotation in which Emissary has the installation that an Ingress or IngressClass is for. */
export const ambassadorIdAnnotation = 'getambassador.io/ambassador-id';

/** Its name has no dot, so that it cannot mean a Service of another namespace. */
const ServiceName = pattern(
  'the name of a Service (a lower-case RFC 1123 label of at most 63 characters)',
  63,
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
);

/** An empty one is none. */
const IngressHost = pattern(
  'a host name of at most 253 characters in lower case, or one with "*." in front',
  253,
  /^(?:(?:\*\.)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*)?$/,
);

/** A port of a Service, by its number or its name; or an object of another kind. */
const IngressBackend = struct(
  {},
  {
    service: struct({ name: ServiceName }, { port: struct({}, { number: Port, name: t.string }) }),
    resource: AnyObject,
  },
);
/** Where requests go. */
export type IngressBackend = t.TypeOf<typeof IngressBackend>;

const IngressPath = struct(
  { pathType: oneOf('Exact', 'Prefix', 'ImplementationSpecific'), backend: IngressBackend },
  { path: Path },
);
/** The requests of a path, and where they go. */
export type IngressPath = t.TypeOf<typeof IngressPath>;

/** networking.k8s.io/v1 Ingress: which requests go to which Service, and certificates for host names. */
export const Ingress = struct(
  {
    metadata: struct(metaFields, {
      ...ageField,
      annotations: struct(
        {},
        { [ingressClassAnnotation]: t.string, [ambassadorIdAnnotation]: t.string },
      ),
    }),
    spec: defaulted(
      struct(
        {},
        {
          ingressClassName: Name,
          defaultBackend: IngressBackend,
          rules: unboundedList(
            struct(
              {},
              { host: IngressHost, http: struct({ paths: unboundedList(IngressPath) }, {}) },
            ),
          ),
          tls: unboundedList(
            struct({}, { hosts: unboundedList(IngressHost), secretName: ObjectName }),
          ),
        },
      ),
      {},
    ),
  },
  {},
);
export type Ingress = t.TypeOf<typeof Ingress>;

/** The Secrets of an Ingress; all are in its own namespace. */
export const secretsOfIngress = ({ metadata, spec }: Ingress): readonly ObjectRef[] =>
  (spec.tls ?? []).flatMap(({ secretName }) =>
    secretName === undefined
      ? []
      : [objectRef('Secret', objectKey(metadata.namespace, secretName))],
  );
