import type { Problem } from './problem.ts';

/** The list of the problems of whatever has none, which is nearly everything: one for all. */
export const noProblems: readonly Problem[] = [];
