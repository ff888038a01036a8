/** One element of DER: a tag with its content. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/**
 * The elements that stand one after the other in these bytes; those behind one that is no DER are left
 * out. Tags of more than one byte are not read.
 */
export const elementsOf = (bytes: Buffer): readonly Element[] => {
  const elements: Element[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const tag = bytes.readUInt8(at);
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first - 0x80;
    if (more > 4 || at + 2 + more > bytes.length) return elements;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const from = at + 2 + more;
    if (from + length > bytes.length) return elements;
    elements.push({ tag, content: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return elements;
};

/** The elements inside of the first element. */
export const insideOf = (bytes: Buffer): readonly Element[] => {
  const [first] = elementsOf(bytes);
  return first === undefined ? [] : elementsOf(first.content);
};
