/** What a simulated Envoy reads of a response. */
export interface Summary {
  readonly typeUrl: Buffer;
  readonly nonce: Buffer;
  readonly resources: number;
}

/** Reads the outermost fields of a DeltaDiscoveryResponse, all of which are of wire type LEN. */
export const summary = (message: Buffer): Summary => {
  let typeUrl: Buffer = Buffer.alloc(0);
  let nonce: Buffer = typeUrl;
  let resources = 0;
  for (let at = 0; at < message.length;) {
    const tag = message[at];
    let length = 0;
    let shift = 0;
    for (at += 1; ; at += 1, shift += 7) {
      const byte = message[at] ?? 0;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const value = message.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    if (tag === fields.resources) resources += 1;
    else if (tag === fields.typeUrl) typeUrl = value;
    else if (tag === fields.nonce) nonce = value;
  }
  return { typeUrl, nonce, resources };
};

/** The tags of a DeltaDiscoveryResponse: field number and wire type LEN. */
const fields = { resources: (2 << 3) | 2, typeUrl: (4 << 3) | 2, nonce: (5 << 3) | 2 };

/** A DeltaDiscoveryRequest that accepts a response; both fields are shorter than 128 bytes. */
export const acknowledgement = (typeUrl: Buffer, nonce: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([(2 << 3) | 2, typeUrl.length]),
    typeUrl,
    Buffer.from([(6 << 3) | 2, nonce.length]),
    nonce,
  ]);
