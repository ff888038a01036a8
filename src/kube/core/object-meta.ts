import * as t from 'io-ts';

import { objectKey } from '../../ir/object-ref.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import { defaulted } from '../codec/defaulted.ts';
import { dictionary } from '../codec/dictionary.ts';
import { struct } from '../codec/struct.ts';
import { pattern } from '../codec/text.ts';

/** The name of an object; without spaces and slashes, so that keys are injective. */
const ObjectName = pattern(
  'a lower-case RFC 1123 name of at most 253 characters',
  253,
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
);

/** The name of a namespace. */
const Namespace = pattern(
  'a lower-case RFC 1123 label of at most 63 characters',
  63,
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
);

const fields = {
  name: ObjectName,
  namespace: defaulted(Namespace, 'default'),
  labels: defaulted(dictionary(t.string, t.string, Number.POSITIVE_INFINITY), {}),
};

/** What we keep of `metadata`: nothing that changes without changing what the object means. */
export const ObjectMeta = struct(fields, {});
export type ObjectMeta = t.TypeOf<typeof ObjectMeta>;

/** The annotation of a Listener that says how it serves its TLS Hosts. */
export const tlsLayoutAnnotation = 'headgate.io/tls-layout';

/** What we keep of the `metadata` of a Listener: of its annotations the one that is for us. */
export const ListenerMeta = struct(fields, {
  annotations: struct({}, { [tlsLayoutAnnotation]: t.string }),
});

/** The key of the object the metadata is of. */
export const metaKey = ({ namespace, name }: ObjectMeta): ObjectKey => objectKey(namespace, name);
