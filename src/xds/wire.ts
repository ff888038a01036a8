import type { DeltaRequest, DeltaResponse } from './discovery.ts';
import { decode, encode } from './encode.ts';
import type { Resource } from './resource.ts';

const response = 'envoy.service.discovery.v3.DeltaDiscoveryResponse';

/** Reads a DeltaDiscoveryRequest; throws when the bytes are none. */
export const decodeRequest = (bytes: Uint8Array): DeltaRequest => {
  const request = decode('envoy.service.discovery.v3.DeltaDiscoveryRequest', bytes);
  const { node, error_detail: error } = request;
  return {
    typeUrl: request.type_url ?? '',
    subscribe: request.resource_names_subscribe ?? [],
    unsubscribe: request.resource_names_unsubscribe ?? [],
    initialVersions: new Map(Object.entries(request.initial_resource_versions ?? {})),
    nonce: request.response_nonce ?? '',
    ...(error === undefined ? {} : { error: error.message ?? '' }),
    ...(node === undefined
      ? {}
      : {
          node: {
            id: node.id ?? '',
            cluster: node.cluster ?? '',
            userAgent: node.user_agent_name ?? '',
          },
        }),
  };
};

/**
 * One resource as it stands in every response.
 *
 * Protobuf messages that are joined end to end merge, so these bytes are made once per resource and
 * put in front of what differs from stream to stream.
 */
export const frameResource = ({ name, version, typeUrl, bytes }: Resource): Buffer =>
  encode(response, {
    resources: [{ name, version, resource: { type_url: typeUrl, value: bytes } }],
  });

/** A DeltaDiscoveryResponse: the frames of its resources and what is its own. */
export const encodeResponse = (
  { typeUrl, nonce, resources, removed }: DeltaResponse,
  frame: (resource: Resource) => Buffer,
): Buffer =>
  Buffer.concat([
    ...resources.map(frame),
    encode(response, { type_url: typeUrl, nonce, removed_resources: removed }),
  ]);
