/** An element of DER with this tag and content. */
export const der = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const { length } = Buffer.concat(content);
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), ...content]);
};

/** A SEQUENCE of these elements. */
export const sequence = (...elements: readonly Buffer[]): Buffer => der(0x30, ...elements);

/** An INTEGER. */
export const integer = (value: bigint): Buffer => {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? der(0x02, Buffer.from([0]), bytes) : der(0x02, bytes);
};

/** An OBJECT IDENTIFIER, by the bytes of its content in hexadecimal. */
export const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** An OCTET STRING, or another string of bytes or characters. */
export const octets = (content: Buffer | string, tag = 0x04): Buffer =>
  der(tag, Buffer.from(content));

/** A BIT STRING of whole bytes. */
export const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);

/** DER as PEM. */
export const pem = (label: string, bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};
