import { hash } from 'node:crypto';

/** The version of some content: the first 16 bytes of its SHA-256, in hex. */
export const contentVersion = (content: Uint8Array | string): string =>
  hash('sha256', content, 'hex').slice(0, 32);
