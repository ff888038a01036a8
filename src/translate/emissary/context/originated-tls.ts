import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { UpstreamTls } from '../../../ir/cluster.ts';
import {
  namespaceOf,
  objectKey,
  objectRef,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import { namesInvalid } from '../../../problem/names-invalid.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { contextNamed, type ContextTables } from './context-named.ts';

/** How a service is reached with a TLSContext; or why nothing may be sent to it. */
type Originated =
  { readonly context: ObjectKey; readonly tls: UpstreamTls } | { readonly problem: Problem };

/**
 * How TLS is spoken to the service of an object whose `tls` names a TLSContext. Authorities in it verify the
 * service; as in Emissary, any name in its certificate is good.
 */
export const originatedTls = (
  object: ObjectRef,
  name: string,
  options: TranslateOptions,
  read: Read<ContextTables>,
): Originated => {
  const [kind, key] = refParts(object);
  const namespace = namespaceOf(key);
  const field = 'spec.tls';
  const found = contextNamed(name, { kind, namespace }, options, read);
  if (found === undefined) {
    const target = objectRef('TLSContext', objectKey(namespace, name));
    return { problem: { _tag: 'NotFound', object, field, target } };
  }
  if (found.isClosed === true) return { problem: namesInvalid(object, field, found.ref) };
  const { authority, certificate, parameters, alpn, sni } = found;
  const verify = authority && { trust: authority.bundle, names: [] };
  return {
    context: found.key,
    tls: definedOnly<UpstreamTls>({
      sni,
      verify,
      clientCertificate: certificate,
      parameters,
      alpn,
    }),
  };
};
