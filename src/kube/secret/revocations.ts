import { left, right, type Either } from 'fp-ts/lib/Either.js';

import type { Validity } from './certificate-standing.ts';
import { elementsOf, insideOf } from './der.ts';
import { momentOf } from './der-time.ts';
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

/**
 * From when until when all these lists are good: until the next one of any is due. A list that says nothing of the
 * next one is good for ever.
 */
export const validityOfRevocations = (text: string): Validity => {
  const all = pemBlocks(text, label).map(validityOf);
  return {
    from: Math.max(...all.map(({ from }) => from)),
    to: Math.min(...all.map(({ to }) => to)),
  };
};

/** In front of the times stand the version, if there is one, the algorithm and the issuer (RFC 5280, 5.1). */
const validityOf = (block: string): Validity => {
  const [body] = insideOf(bytesOf(block));
  const times = elementsOf(body?.content ?? Buffer.alloc(0)).filter(({ tag }) =>
    timeTags.includes(tag),
  );
  const [thisUpdate, nextUpdate] = times.map(momentOf);
  return { from: thisUpdate ?? -Infinity, to: nextUpdate ?? Infinity };
};

/** UTCTime and GeneralizedTime. */
const timeTags: readonly number[] = [0x17, 0x18];

const bytesOf = (block: string): Buffer =>
  Buffer.from(block.replaceAll(/-----[A-Z0-9 ]+-----|\s/g, ''), 'base64');

const label = 'X509 CRL';

/** No Secret is larger. */
const longest = 1_048_576;

/** What is signed, the algorithm, the signature (RFC 5280, 5.1). */
const isList = (block: string): boolean => {
  const bytes = bytesOf(block);
  const [list, ...others] = elementsOf(bytes);
  if (list?.tag !== sequence || others.length > 0) return false;
  const tags = insideOf(bytes).map(({ tag }) => tag);
  return tags.join() === [sequence, sequence, bitString].join();
};

const bitString = 0x03;
const sequence = 0x30;
