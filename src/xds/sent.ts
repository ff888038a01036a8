import type { Ir } from '../ir/ir.ts';

/** What was sent under one number, to know later what the answer was about. */
export interface Sent {
  readonly seq: number;
  readonly ir: Ir;
}

/** Adds what was sent last; beyond a bound the oldest is forgotten. */
export const withSent = <S extends Sent>(all: readonly S[], sent: S): readonly S[] =>
  [...all, sent].slice(-remembered);

/**
 * Under churn, a wave that searches for a culprit can be hundreds of publications behind. They
 * share what is equal, so keeping them costs little.
 */
const remembered = 1024;

/** What was sent under a number, unless it is forgotten. */
export const sentUnder = <S extends Sent>(all: readonly S[], seq: number): S | undefined =>
  all.find((one) => one.seq === seq);

/** What was sent under a number and later; nobody answers earlier ones any more. */
export const sentSince = <S extends Sent>(all: readonly S[], seq: number): readonly S[] =>
  all.filter((one) => one.seq >= seq);
