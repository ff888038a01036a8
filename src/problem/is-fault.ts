import type { Problem } from './problem.ts';

/** Whether something is wrong; a note is no fault. */
export const isFault = ({ _tag }: Problem): boolean => _tag !== 'Note';
