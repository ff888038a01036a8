import { hash } from 'node:crypto';

/**
 * Encoded fields of a message with their digest: a piece that can be joined to others.
 *
 * Protobuf messages written one after the other are read as one message with the repeated fields of
 * all, so a message with ten thousand entries is put together without encoding the ones that stayed.
 */
export interface Part {
  /**
   * The bytes, each as the character of that number. A small text takes a tenth of the memory of a
   * small buffer, and a joined text shares the texts it is made of.
   */
  readonly text: string;
  readonly size: number;
  /** SHA-256 of the bytes, or of the digests of the joined parts. */
  readonly digest: string;
}

/** A piece of its own. */
export const part = (bytes: Buffer): Part => ({
  text: bytes.toString('latin1'),
  size: bytes.length,
  digest: hash('sha256', bytes, 'base64'),
});

/**
 * Joins pieces, in order.
 *
 * The digest is that of the pieces' digests. With `fold` over a collection this is a hash tree,
 * whose shape follows from the keys alone, so the digest depends on the content and on nothing
 * else.
 */
export const join = (parts: readonly Part[]): Part => ({
  text: parts.reduce((text, each) => text + each.text, ''),
  size: parts.reduce((sum, each) => sum + each.size, 0),
  digest: hash('sha256', parts.map(({ digest }) => digest).join(' '), 'base64'),
});

/** All bytes of a part. */
export const bytesOf = ({ text }: Part): Buffer => Buffer.from(text, 'latin1');
