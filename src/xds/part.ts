import { hash } from 'node:crypto';

/**
 * Encoded fields of a message with their digest: a piece that can be joined to others.
 *
 * Protobuf messages written one after the other are read as one message with the repeated fields of
 * all, so a message with ten thousand entries is put together without encoding the ones that stayed.
 */
export interface Part {
  /** The bytes, in one piece while they are few. */
  readonly chunks: readonly Buffer[];
  readonly size: number;
  /** SHA-256 of the bytes, or of the digests of the joined parts; a string lies in the heap. */
  readonly digest: string;
}

/** A piece of its own. */
export const part = (bytes: Buffer): Part => ({
  chunks: [bytes],
  size: bytes.length,
  digest: hash('sha256', bytes, 'base64'),
});

/**
 * The pieces in their order as one.
 *
 * Its digest is that of the digests: with `fold` over a collection a hash tree, whose shape follows
 * from the keys alone, so it depends on the content and on nothing else.
 */
export const join = (parts: readonly Part[]): Part => {
  const chunks = parts.flatMap((each) => each.chunks);
  const size = parts.reduce((sum, each) => sum + each.size, 0);
  return {
    chunks: size > chunkSize ? chunks : [Buffer.concat(chunks, size)],
    size,
    digest: hash('sha256', parts.map(({ digest }) => digest).join(' '), 'base64'),
  };
};

/** All bytes of a part. */
export const bytesOf = ({ chunks, size }: Part): Buffer => Buffer.concat(chunks, size);

/** Up to here subtrees keep a copy of their bytes, so that a table is copied in few steps. */
const chunkSize = 64 * 1024;
