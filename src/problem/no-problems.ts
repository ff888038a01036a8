import type { Problem } from './problem.ts';

/** The empty list of problems; nearly everything has none and shares this list. */
export const noProblems: readonly Problem[] = [];
