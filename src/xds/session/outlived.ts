import { get, has, keys, withEdits, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf } from '../../collection/edit.ts';
import { remember } from '../../collection/remember.ts';
import { removals } from '../../collection/removals.ts';
import type { Resource } from '../resource.ts';
import type { Held } from './held.ts';

/**
 * Resources of one type that are gone, and that an Envoy still holds in their last version: open
 * connections may use them and what they refer to.
 *
 * Of what Envoy brought along, or holds in an older version, the content is not known: it is missing here.
 */
export type Outlived = Collection<string, Resource>;

/** What is outlived after a change of the resources, at the cost of what differs. */
export const outlive = (
  outlived: Outlived,
  held: Held,
  before: Collection<string, Resource>,
  after: Collection<string, Resource>,
): Outlived => {
  const back = [...keys(outlived)].filter((name) => has(after, name));
  const gone = goneBetween(before, after).filter(
    ({ name, version }) => get(held, name)?.version === version,
  );
  return back.length + gone.length === 0
    ? outlived
    : withEdits(outlived, [
        ...removals<string, Resource>(back),
        ...gone.map((one) => editOf(one.name, one)),
      ]);
};

/** Computed once for all Envoys, as the same change concerns every one. */
const goneBetween = remember(
  (
    before: Collection<string, Resource>,
    after: Collection<string, Resource>,
  ): readonly Resource[] =>
    diff(before, after).flatMap(({ before: former, after: latter }) =>
      former !== undefined && latter === undefined ? [former] : [],
    ),
);
