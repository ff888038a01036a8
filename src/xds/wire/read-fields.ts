/** Takes a field of wire type LEN: its number and where its content is. */
export type TakeField = (number: number, start: number, end: number) => void;

/**
 * Reads the fields of a protobuf message one after the other and gives those of wire type LEN; others
 * are passed over. Throws when the bytes are no message.
 */
export const readFields = (
  bytes: Uint8Array,
  start: number,
  end: number,
  take: TakeField,
): void => {
  const reader: Reader = { bytes, at: start, end };
  while (reader.at < end) {
    const tag = varint(reader);
    const number = tag >>> 3;
    const type = tag & 7;
    if (number === 0 || !(type in skipped)) throw new RangeError(`found a field of type ${type}`);
    const size = type === lengthDelimited ? varint(reader) : 0;
    const from = reader.at;
    if (type === 0) varint(reader);
    else reader.at += size + (skipped[type] ?? 0);
    if (reader.at > end) throw new RangeError('found the end of the bytes within a field');
    if (type === lengthDelimited) take(number, from, reader.at);
  }
};

interface Reader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

const lengthDelimited = 2;

/** The sizes of the content of each wire type, apart from what is written in front of it. */
const skipped: Readonly<Record<number, number>> = { 0: 0, 1: 8, [lengthDelimited]: 0, 5: 4 };

/** A varint of at most 64 bits, of which the lower 32 count. */
const varint = (reader: Reader): number => {
  let value = 0;
  for (let shift = 0; shift < 70 && reader.at < reader.end; shift += 7) {
    const byte = reader.bytes[reader.at] ?? 0;
    reader.at += 1;
    if (shift < 32) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
  throw new RangeError('expected a varint');
};
