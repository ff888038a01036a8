import * as t from 'io-ts';

import type { ObjectKey } from '../../ir/object-ref.ts';
import { defaulted } from '../codec/defaulted.ts';
import { dictionary } from '../codec/dictionary.ts';
import { struct } from '../codec/struct.ts';
import { pattern } from '../codec/text.ts';
import { keyIn, type Scope } from './scope.ts';

/** Control characters, other spaces, marks of direction, halves of characters: a part of an expression. */
const unshown = '\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202f\u205f-\u206f\ud800-\udfff\ufeff';

/** The name of an object; without spaces and slashes, so that no two objects have the same key. */
export const ObjectName = pattern(
  'a lower-case RFC 1123 name of at most 253 characters',
  253,
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
);

/**
 * The name of an object, be it written in an annotation, where Emissary takes nearly every text: capitals, `_`,
 * `/`, spaces inside. What is not shown as it is written is left out.
 */
const AnyName = pattern(
  'a name of at most 253 characters, without control characters and spaces around it',
  253,
  { source: `^[^ ${unshown}](?:[^${unshown}]*[^ ${unshown}])?$` },
);

/** The name of a namespace. */
export const Namespace = pattern(
  'a lower-case RFC 1123 label of at most 63 characters',
  63,
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
);

/** The fields of `metadata` that we keep of every object. */
export const metaFields = {
  name: AnyName,
  namespace: defaulted(Namespace, 'default'),
  labels: defaulted(dictionary(t.string, t.string, Number.POSITIVE_INFINITY), {}),
};

/** What we keep of `metadata`: nothing that changes without changing what the object means. */
export const ObjectMeta = struct(metaFields, {});
export type ObjectMeta = t.TypeOf<typeof ObjectMeta>;

/** The same of an object that Kubernetes itself keeps, or would. */
export const KubernetesMeta = struct({ ...metaFields, name: ObjectName }, {});

/** What is kept besides of objects of which the oldest has what several want. */
export const ageField = {
  /** In texts of this form the order is that of time. */
  creationTimestamp: pattern(
    'a time like "2026-11-30T12:00:00Z"',
    20,
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/,
  ),
};

/** The annotation that says how server names are served, where an object opens a port. */
export const tlsLayoutAnnotation = 'headgate.io/tls-layout';

/**
 * The annotation of a Listener for HTTP/3 that says by which port clients get to it, or `none` where they are not to
 * be told.
 */
export const advertisedPortAnnotation = 'headgate.io/advertised-port';

/** The annotation of a Host that names the namespaces whose Mappings it takes beside its own. */
export const mappingNamespacesAnnotation = 'headgate.io/mapping-namespaces';

/** The annotations that are read; all others are dropped. */
export const readAnnotations: readonly string[] = [
  tlsLayoutAnnotation,
  advertisedPortAnnotation,
  mappingNamespacesAnnotation,
];

/** The annotation in which a Service or Ingress carries objects of Emissary. */
export const carryingAnnotation = 'getambassador.io/config';

/** The key of the object that has this metadata. */
export const metaKey = (scope: Scope, { namespace, name }: ObjectMeta): ObjectKey =>
  keyIn(scope, namespace, name);
