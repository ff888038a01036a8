import protojson from 'protobufjs/ext/protojson.js';

import type { Messages } from '../../../proto/envoy.ts';
import type { Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import { decode, typeOf, type MessageName } from './encode.ts';

/**
 * A resource as ProtoJSON, with `@type` wherever there is an `Any`; for people, and without private keys.
 *
 * Fields carry the names of Envoy's documentation.
 */
export const toJson = ({ typeUrl, bytes }: Resource): unknown => {
  const name = messageNames[typeUrl];
  const message = decode(name, bytes);
  return {
    '@type': typeUrl,
    ...(messageToJson(
      name,
      'tls_certificate' in message ? withoutKey(message) : message,
    ) as object),
  };
};

/** Any message as ProtoJSON, exactly. */
export const messageToJson = <N extends MessageName>(name: N, message: Messages[N]): object =>
  protojson.toJson(typeOf(name), message) as object;

/** What a resource of each type is encoded as. */
const messageNames = {
  [TypeUrl.Runtime]: 'envoy.service.runtime.v3.Runtime',
  [TypeUrl.Cluster]: 'envoy.config.cluster.v3.Cluster',
  [TypeUrl.Endpoints]: 'envoy.config.endpoint.v3.ClusterLoadAssignment',
  [TypeUrl.Secret]: 'envoy.extensions.transport_sockets.tls.v3.Secret',
  [TypeUrl.Listener]: 'envoy.config.listener.v3.Listener',
  [TypeUrl.Routes]: 'envoy.config.route.v3.RouteConfiguration',
  [TypeUrl.ScopedRoutes]: 'envoy.config.route.v3.ScopedRouteConfiguration',
  [TypeUrl.Extension]: 'envoy.config.core.v3.TypedExtensionConfig',
} as const satisfies { readonly [T in TypeUrl]: MessageName };

type SecretMessage = Messages['envoy.extensions.transport_sockets.tls.v3.Secret'];

const withoutKey = ({ name = '', tls_certificate: certificate }: SecretMessage): SecretMessage => ({
  name,
  tls_certificate: { ...certificate, private_key: { inline_string: '[redacted]' } },
});
