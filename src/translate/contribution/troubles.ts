import type { Collection } from '../../collection/collection.ts';
import type { Problem } from '../../problem/problem.ts';

/** Something that may have problems. */
export type Troubled = readonly Problem[] | { readonly problems: readonly Problem[] };

/** The results of one step, for their problems. */
export type Troubles = Collection<string, Troubled>;
