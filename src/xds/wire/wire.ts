import { encode } from '../message/encode.ts';
import type { Resource } from '../resource.ts';
import type { DeltaResponse } from '../session/discovery.ts';

const response = 'envoy.service.discovery.v3.DeltaDiscoveryResponse';

/** A piece of a response, in chunks that are copied once: into the message that is sent. */
export type Frame = readonly Buffer[];

/**
 * One resource as it is in every response.
 *
 * Protobuf messages that are joined end to end merge, so this is made once per resource and put in
 * front of what differs from stream to stream. The bytes of the resource are not copied, because
 * those of a large route table would be copied at every change.
 */
export const frameResource = ({ name, version, typeUrl, bytes }: Resource): Frame => {
  const any = inFront(encode('google.protobuf.Any', { type_url: typeUrl }), bytes.length);
  const size = any.length + bytes.length;
  const resource = inFront(encode('envoy.service.discovery.v3.Resource', { name, version }), size);
  const head = inFront(Buffer.alloc(0), resource.length + size);
  return [Buffer.concat([head, resource, any]), bytes];
};

/** What a DeltaDiscoveryResponse says: the frames of its resources and the rest, except for its nonce. */
export const encodeContent = (
  { typeUrl, resources, removed }: Content,
  frame: (resource: Resource) => Frame,
): Buffer =>
  Buffer.concat([
    ...resources.flatMap(frame),
    encode(response, { type_url: typeUrl, removed_resources: removed }),
  ]);

/** A response without what is different for every stream. */
export type Content = Omit<DeltaResponse, 'nonce'>;

/** A message with this content and a nonce, which is field 5. */
export const withNonce = (content: Buffer, nonce: string): Buffer => {
  const size = Buffer.byteLength(nonce);
  if (size > 0x7f) throw new RangeError(`expected a nonce of at most 127 bytes, found ${size}`);
  const message = Buffer.allocUnsafe(content.length + 2 + size);
  message.set(content);
  message[content.length] = nonceTag;
  message[content.length + 1] = size;
  message.write(nonce, content.length + 2);
  return message;
};

/** Field 5 of wire type LEN. */
const nonceTag = 0x2a;

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
