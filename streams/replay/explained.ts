import { map, scan, type OperatorFunction } from 'rxjs';

import { explain, type Explanation } from '../../src/journal/explain.ts';
import { snapshotChanges } from '../../src/xds/changes.ts';
import { reasonsFor } from '../../src/xds/provenance.ts';
import type { Published } from '../../src/plane/published.ts';

/**
 * Says of each publication what changed and why.
 *
 *     published     -1--2--|
 *                   -x--y--|     x adds everything, y is the difference of 2 and 1
 *
 * One in, one out, in order. Completion and errors pass.
 */
export const explained = (): OperatorFunction<Published, Explanation> => (published$) =>
  published$.pipe(
    scan<Published, Step, undefined>(
      (previous, after) => (previous === undefined ? { after } : { before: previous.after, after }),
      undefined,
    ),
    map(({ before, after }) =>
      explain(
        after.snapshot.seq,
        after.batch,
        snapshotChanges(before?.snapshot.resources, after.snapshot.resources),
        (resource) =>
          [before, after].flatMap((one) =>
            one === undefined ? [] : reasonsFor(one.translation.ir, resource),
          ),
      ),
    ),
  );

interface Step {
  readonly before?: Published;
  readonly after: Published;
}
