import { hashOf, hashOfAscii } from '../hash.ts';
import {
  bitOf,
  bitsPerLevel,
  branchAt,
  firstKey,
  isBucket,
  keyAt,
  placeOf,
  type Branch,
} from './branch.ts';

/**
 * As `find`, for a key that is a piece of UTF-8; `found` is given the hash too.
 *
 * An ASCII key is compared byte by byte: no string is made of it.
 */
export const findText = <K extends string, V, R>(
  root: Branch<K, V>,
  bytes: Buffer,
  start: number,
  end: number,
  found: (branch: Branch<K, V>, at: number, hash: number) => R,
): R | undefined => {
  const ascii = hashOfAscii(bytes, start, end);
  const hash = ascii ?? hashOf(bytes.toString('utf8', start, end));
  let branch = root;
  for (let shift = 0; !isBucket(shift); shift += bitsPerLevel) {
    const bit = bitOf(hash, shift);
    if ((branch[0] & bit) === 0) return undefined;
    const at = placeOf(branch[0], bit);
    const there = keyAt(branch, at);
    if (there !== undefined)
      return isText(bytes, start, end, there) ? found(branch, at, hash) : undefined;
    branch = branchAt(branch, at);
  }
  for (let at = firstKey; at < branch.length; at += 2)
    if (isText(bytes, start, end, keyAt(branch, at) ?? '')) return found(branch, at, hash);
  return undefined;
};

/** Whether a piece of UTF-8 is this text. */
export const isText = (bytes: Buffer, start: number, end: number, text: string): boolean => {
  if (end - start < text.length) return false;
  if (end - start > text.length) return bytes.toString('utf8', start, end) === text;
  for (let i = 0; i < text.length; i += 1) {
    const byte = bytes[start + i] as number;
    // The lengths in UTF-8 and in UTF-16 are equal, so equal texts can only be ASCII.
    if (byte !== text.charCodeAt(i) || byte > 0x7f) return false;
  }
  return true;
};
