import protobuf from 'protobufjs';

import { descriptor, type Any, type Messages } from '../../../proto/envoy.ts';

/** The full name of a message of Envoy's API that we emit or read. */
export type MessageName = keyof Messages;

/**
 * A message as protobuf bytes.
 *
 * The bytes are a copy: what protobufjs returns lies in a pool of 64 KiB, and every kept resource
 * would keep a whole pool in memory. Map fields are written in the order of their properties, so a
 * caller must sort the keys, or equal messages would get different versions.
 */
export const encode = <N extends MessageName>(name: N, message: Messages[N]): Buffer => {
  const pooled = encodeBriefly(name, message);
  const bytes = Buffer.allocUnsafeSlow(pooled.length);
  bytes.set(pooled);
  return bytes;
};

/** A message as protobuf bytes that the caller must copy at once and not keep. */
export const encodeBriefly = <N extends MessageName>(name: N, message: Messages[N]): Buffer => {
  const { buffer, byteOffset, length } = typeOf(name).encode(message).finish();
  return Buffer.from(buffer, byteOffset, length);
};

/** The message in protobuf bytes; fields that were not sent are absent. */
export const decode = <N extends MessageName>(name: N, bytes: Uint8Array): Messages[N] =>
  typeOf(name).toObject(typeOf(name).decode(bytes), {
    arrays: false,
    objects: false,
  }) as Messages[N];

/** A message packed with its type URL. */
export const any = <N extends MessageName>(name: N, message: Messages[N]): Any => ({
  type_url: `type.googleapis.com/${name}`,
  value: encode(name, message),
});

/** The definition of a message, for formats other than protobuf. */
export const typeOf = (name: MessageName): protobuf.Type => {
  const known = types.get(name);
  if (known !== undefined) return known;
  const type = root.lookupType(name);
  types.set(name, type);
  return type;
};

const root = protobuf.Root.fromJSON(descriptor);
root.resolveAll();

const types = new Map<MessageName, protobuf.Type>();
