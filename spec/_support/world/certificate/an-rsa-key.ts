import { createPrivateKey, generatePrimeSync, type KeyObject } from 'node:crypto';

import { integer, pem, sequence } from './der.ts';

/** The numbers of an RSA key with two primes. */
interface Numbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

/** An RSA key of 2048 bits, of which some numbers may be wrong. */
export const anRsaKey = (exponent = 65_537n, wrong: Partial<Numbers> = {}): KeyObject => {
  const [p, q] = primes(2, 1024, exponent) as [bigint, bigint];
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const good = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n) };
  const key: Numbers = { ...good, qi: inverse(q, p), ...wrong };
  return keyOf(0n, [key.n, key.e, key.d, key.p, key.q, key.dp, key.dq, key.qi].map(integer));
};

/** One of three primes. */
export const anRsaKeyOfThree = (): KeyObject => {
  const e = 65_537n;
  const [p, q, r] = primes(3, 700, e) as [bigint, bigint, bigint];
  const d = inverse(e, (p - 1n) * (q - 1n) * (r - 1n));
  const numbers = [p * q * r, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const third = sequence(...[r, d % (r - 1n), inverse(p * q, r)].map(integer));
  return keyOf(1n, [...numbers.map(integer), sequence(third)]);
};

/** PKCS #1. */
const keyOf = (version: bigint, fields: readonly Buffer[]): KeyObject =>
  createPrivateKey(pem('RSA PRIVATE KEY', sequence(integer(version), ...fields)));

/** Primes, the largest first, that allow this exponent. */
const primes = (count: number, length: number, exponent: bigint): readonly bigint[] => {
  const found: bigint[] = [];
  while (found.length < count) {
    const prime = generatePrimeSync(length, { bigint: true });
    if (gcd(exponent, prime - 1n) === 1n) found.push(prime);
  }
  return found.sort((a, b) => (a < b ? 1 : -1));
};

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

const inverse = (value: bigint, modulus: bigint): bigint => {
  let [r, next, s, t] = [modulus, value % modulus, 0n, 1n];
  while (next > 0n) {
    const quotient = r / next;
    [r, next, s, t] = [next, r - quotient * next, t, s - quotient * t];
  }
  return ((s % modulus) + modulus) % modulus;
};
