import { createECDH, type JsonWebKey, type KeyObject } from 'node:crypto';

import { insideOf } from './der.ts';

/** What Envoy refuses in a private key that can be parsed; absent if it takes it. */
export const keyFault = (key: KeyObject): string | undefined => {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  const { modulusLength = 0, namedCurve = 'an unnamed curve' } = asymmetricKeyDetails ?? {};
  switch (asymmetricKeyType) {
    case 'rsa':
      if (modulusLength < 2048)
        return `is an RSA key of ${modulusLength} bits; at least 2048 are needed`;
      return hasTwoPrimes(key) ? undefined : 'is an RSA key of more than two primes';
    case 'ec':
      return curves.has(namedCurve)
        ? undefined
        : `is an EC key on ${namedCurve}; P-256, P-384 or P-521 is needed`;
    case 'ed25519':
      return undefined;
    default:
      return `is a key of type ${asymmetricKeyType ?? 'unknown'}; RSA, EC or Ed25519 is needed`;
  }
};

const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * Whether the secret part of a key belongs to its public part. A key holds both, and only the public
 * one is compared with the certificate. Ed25519 keys hold the secret alone.
 */
export const isConsistent = (key: KeyObject): boolean => {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return isConsistentRsa(key.export({ format: 'jwk' }));
    case 'ec':
      return isConsistentEc(key.export({ format: 'jwk' }), key.asymmetricKeyDetails?.namedCurve);
    default:
      return true;
  }
};

/** PKCS #1: the version of a key is 0 if it has two primes. */
const hasTwoPrimes = (key: KeyObject): boolean => {
  const [version] = insideOf(key.export({ type: 'pkcs1', format: 'der' }));
  return version?.content.equals(Buffer.from([0])) === true;
};

const isConsistentEc = ({ x = '', y = '', d = '' }: JsonWebKey, curve = ''): boolean => {
  const secret = createECDH(curve);
  secret.setPrivateKey(d, 'base64url');
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return secret.getPublicKey().equals(Buffer.concat(point));
};

const isConsistentRsa = (jwk: JsonWebKey): boolean => {
  const [n, e, d, p, q, dp, dq, qi] = [
    jwk.n,
    jwk.e,
    jwk.d,
    jwk.p,
    jwk.q,
    jwk.dp,
    jwk.dq,
    jwk.qi,
  ].map(numberOf) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  return (
    p > 1n &&
    q > 1n &&
    n === p * q &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    (qi * q) % p === 1n
  );
};

const numberOf = (text = ''): bigint =>
  BigInt(`0x0${Buffer.from(text, 'base64url').toString('hex')}`);
