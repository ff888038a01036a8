/**
 * A 32-bit hash of a string, the same on every machine: FNV-1a over UTF-16 code units, then the
 * finishing mix of MurmurHash3 so that low bits depend on all of it.
 */
export const hashOf = (text: string): number => {
  let hash = offset;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), prime);
  return finished(hash);
};

/** The hash of a piece of ASCII text; `undefined` if there are other bytes in it. */
export const hashOfAscii = (bytes: Uint8Array, start: number, end: number): number | undefined => {
  let hash = offset;
  let bits = 0;
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i] as number;
    bits |= byte;
    hash = Math.imul(hash ^ byte, prime);
  }
  return bits > 0x7f ? undefined : finished(hash);
};

const offset = 0x811c9dc5;
const prime = 0x01000193;

const finished = (unmixed: number): number => {
  let hash = unmixed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
