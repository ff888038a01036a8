import { kinds, neededDefinitions, type Kind } from '../../../src/kube/kind.ts';

/** The kinds that are read although nothing of the Gateway API is installed. */
export const followed: readonly Kind[] = kinds.filter(
  (kind) => neededDefinitions(kind) === undefined,
);
