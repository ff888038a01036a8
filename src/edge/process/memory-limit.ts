import { totalmem } from 'node:os';

/** How many bytes of memory this process may use with all others of its cgroup; those of the machine where no limit is set. */
export const memoryLimit = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
};
