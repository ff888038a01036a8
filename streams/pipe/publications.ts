import { distinctUntilChanged, filter, map, type OperatorFunction } from 'rxjs';

import type { Plane } from '../../src/plane/plane.ts';
import type { Published } from '../../src/plane/published.ts';

/**
 * What is published, once each.
 *
 *     planes     -a--b--c--d--|     a has published nothing yet; b and c say the same
 *                ----1-----2--|
 *
 * Order is kept. Completion and errors pass.
 */
export const publications = (): OperatorFunction<Plane, Published> => (planes$) =>
  planes$.pipe(
    map(({ published }) => published),
    filter((published) => published !== undefined),
    distinctUntilChanged(),
  );
