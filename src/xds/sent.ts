import type { Ir } from '../ir/ir.ts';

/** What was sent under one number, to know later what the answer was about. */
export interface Sent {
  readonly seq: number;
  readonly ir: Ir;
}

/** Remembers what goes out after all others; the oldest beyond a bound is forgotten. */
export const withSent = <S extends Sent>(all: readonly S[], sent: S): readonly S[] =>
  [...all, sent].slice(-remembered);

/** Under churn a wave that finds out who is at fault is hundreds of publications behind; they share what is equal. */
const remembered = 1024;

/** What was sent under a number, unless it is forgotten. */
export const sentUnder = <S extends Sent>(all: readonly S[], seq: number): S | undefined =>
  all.find((one) => one.seq === seq);

/** What was sent under a number and after it: nobody answers what came before. */
export const sentSince = <S extends Sent>(all: readonly S[], seq: number): readonly S[] =>
  all.filter((one) => one.seq >= seq);
