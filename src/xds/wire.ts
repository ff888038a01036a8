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
    ...(error === undefined ? {} : { error: (error.message ?? '').trim() }),
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

/** A piece of a response, in chunks that are copied once: into the message that is sent. */
export type Frame = readonly Buffer[];

/**
 * One resource as it stands in every response.
 *
 * Protobuf messages that are joined end to end merge, so this is made once per resource and put in
 * front of what differs from stream to stream. The bytes of the resource are not copied: those of a
 * large route table would be, at every change.
 */
export const frameResource = ({ name, version, typeUrl, bytes }: Resource): Frame => {
  const any = inFront(encode('google.protobuf.Any', { type_url: typeUrl }), bytes.length);
  const size = any.length + bytes.length;
  const resource = inFront(encode('envoy.service.discovery.v3.Resource', { name, version }), size);
  const head = inFront(Buffer.alloc(0), resource.length + size);
  return [Buffer.concat([head, resource, any]), bytes];
};

/** A DeltaDiscoveryResponse: the frames of its resources and what is its own. */
export const encodeResponse = (
  { typeUrl, nonce, resources, removed }: DeltaResponse,
  frame: (resource: Resource) => Frame,
): Buffer =>
  Buffer.concat([
    ...resources.flatMap(frame),
    encode(response, { type_url: typeUrl, nonce, removed_resources: removed }),
  ]);

/**
 * Fields of a message, and after them the tag and length of what follows: in an Any, in a Resource and
 * in a response it is field 2.
 */
const inFront = (fields: Buffer, size: number): Buffer => {
  const tagAndLength = [fieldTwo];
  let rest = size;
  for (; rest > 0x7f; rest >>>= 7) tagAndLength.push((rest & 0x7f) | 0x80);
  return Buffer.concat([fields, Buffer.from([...tagAndLength, rest])]);
};

/** Field 2 of wire type LEN. */
const fieldTwo = 0x12;
