import { X509Certificate } from 'node:crypto';

import { left, right, type Either } from 'fp-ts/lib/Either.js';

import { formFault } from './certificate-faults.ts';
import { pemBlocks } from './pem.ts';

/**
 * Reads the certificates of authorities out of a PEM text and gives them back in their canonical form; says
 * what is wrong with them otherwise. Envoy refuses all of them for one that it cannot parse.
 */
export const readAuthorities = (text: string): Either<string, string> => {
  if (text.length > longest) return left(`is longer than ${longest} characters`);
  const blocks = pemBlocks(text, 'CERTIFICATE');
  if (blocks.length === 0) return left('holds no PEM certificate');
  const certificates: string[] = [];
  for (const [i, block] of blocks.entries()) {
    const certificate = parsed(block);
    if (certificate === undefined) return left(`certificate ${i + 1} cannot be parsed`);
    const fault = formFault(certificate);
    if (fault !== undefined) return left(`certificate ${i + 1} ${fault}`);
    certificates.push(String(certificate));
  }
  return right([...new Set(certificates)].join(''));
};

/** The authorities that Mozilla trusts take a fifth of it. */
const longest = 1_048_576;

const parsed = (pem: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
};
