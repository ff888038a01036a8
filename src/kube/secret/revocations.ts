import { left, right, type Either } from 'fp-ts/lib/Either.js';

import { elementsOf, insideOf } from './der.ts';
import { pemBlocks } from './pem.ts';

/**
 * Reads certificate revocation lists (CRLs) out of a PEM text and gives them back without what stands around
 * them; says what is wrong with them otherwise. Whether a list is signed by the right authority, and still
 * good, is found out by Envoy with each certificate that it verifies.
 */
export const readRevocations = (text: string): Either<string, string> => {
  if (text.length > longest) return left(`is longer than ${longest} characters`);
  const blocks = pemBlocks(text, label);
  if (blocks.length === 0) return left('holds no PEM certificate revocation list (X509 CRL)');
  const bad = blocks.findIndex((block) => !isList(block));
  return bad >= 0
    ? left(`certificate revocation list ${bad + 1} cannot be parsed`)
    : right([...new Set(blocks)].join(''));
};

const label = 'X509 CRL';

/** No Secret is larger. */
const longest = 1_048_576;

/** What is signed, the algorithm, the signature (RFC 5280, 5.1). */
const isList = (block: string): boolean => {
  const bytes = Buffer.from(block.replaceAll(/-----[A-Z0-9 ]+-----|\s/g, ''), 'base64');
  const [list, ...others] = elementsOf(bytes);
  if (list?.tag !== sequence || others.length > 0) return false;
  const tags = insideOf(bytes).map(({ tag }) => tag);
  return tags.join() === [sequence, sequence, bitString].join();
};

const bitString = 0x03;
const sequence = 0x30;
