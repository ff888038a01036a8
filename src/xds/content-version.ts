import { hash } from 'node:crypto';

/** The version of some content: the first 16 bytes of its SHA-256, in hex. */
export const contentVersion = (content: Uint8Array | string): string =>
  hash('sha256', content, 'buffer').toString('hex', 0, 16); // a slice of the text would keep all of it
