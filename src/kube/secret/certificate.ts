import { createHmac, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

import { left, right, type Either } from 'fp-ts/lib/Either.js';

import { Sensitive } from '../../ir/sensitive.ts';
import { certificateFault, formFault } from './certificate-faults.ts';
import { isConsistent, keyFault } from './key-faults.ts';
import { pemBlocks } from './pem.ts';

/** The certificates of a PEM text, the leaf first; `pem` is their canonical form. */
interface CertificateChain {
  readonly pem: string;
  readonly leaf: X509Certificate;
}

/** Reads a chain; says what is wrong with it otherwise. Validity dates are not looked at. */
export const readChain = (text: string): Either<string, CertificateChain> => {
  if (text.length > longestPem) return left(`is longer than ${longestPem} characters`);
  const blocks = pemBlocks(text, 'CERTIFICATE');
  if (blocks.length > longestChain) return left(`holds more than ${longestChain} certificates`);
  const certificates = blocks.map(certificate);
  const [leaf] = certificates;
  if (leaf === undefined && blocks.length === 0) return left('holds no PEM certificate');
  const bad = certificates.indexOf(undefined);
  if (leaf === undefined || bad >= 0) return left(`certificate ${bad + 1} cannot be parsed`);
  const fault = certificateFault(leaf);
  return fault === undefined
    ? right({ pem: certificates.map(String).join(''), leaf })
    : left(fault);
};

/**
 * Why the certificate of an authority, the first one of a PEM text, cannot be served; absent if it can, or is of
 * somebody else. It can be trusted all the same.
 */
export const whyAuthorityAlone = (text: string): string | undefined => {
  if (text.length > longestPem) return undefined;
  const [first] = pemBlocks(text, 'CERTIFICATE');
  const leaf = first === undefined ? undefined : certificate(first);
  return leaf?.ca === true && formFault(leaf) === undefined ? certificateFault(leaf) : undefined;
};

/** Reads the private key of a chain's leaf; says what is wrong with it otherwise. */
export const readPrivateKey = (
  text: string,
  chain: CertificateChain,
): Either<string, Sensitive> => {
  if (text.length > longestPem) return left(`is longer than ${longestPem} characters`);
  if (/ENCRYPTED/.test(text)) return left('is encrypted; Envoy needs it in the clear');
  const key = privateKey(text);
  if (key === undefined) return left('holds no PEM private key that can be parsed');
  const fault = keyFault(key);
  if (fault !== undefined) return left(fault);
  if (!chain.leaf.checkPrivateKey(key)) return left('does not belong to the certificate');
  if (!isConsistent(key))
    return left('is damaged: its secret part does not belong to its public part');
  return right(sensitive(key, chain));
};

const longestPem = 65_536;
const longestChain = 10;

const certificate = (pem: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
};

const privateKey = (text: string): KeyObject | undefined => {
  try {
    return createPrivateKey({ key: text.replaceAll('\r\n', '\n'), format: 'pem' });
  } catch {
    return undefined;
  }
};

/** The handle differs between keys of one certificate, and reveals nothing about the key. */
const sensitive = (key: KeyObject, { pem }: CertificateChain): Sensitive => {
  const value = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return new Sensitive(createHmac('sha256', pem).update(value).digest('hex'), value);
};
