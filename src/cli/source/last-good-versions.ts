import { objectRef, type ObjectRef } from '../../ir/object-ref.ts';
import type { LastGood } from '../../kube/last-good.ts';
import { insteadOfInvalid, insteadOfRefused } from '../../plane/last-good.ts';
import type { Published } from '../../plane/published.ts';

/**
 * Says what the next control plane should know of a publication. What is kept of invalid objects is worked out
 * again only when it may be different.
 */
export const lastGoodVersions = (fileOf: (object: ObjectRef) => string | undefined = inNoFile) => {
  const placed = (one: LastGood): LastGood => {
    const file = fileOf(objectRef(one.kind, one.key));
    return file === undefined ? one : { ...one, file };
  };
  let former: Published['store']['former'] | undefined;
  let invalid: readonly LastGood[] = [];
  return (published: Published): readonly LastGood[] => {
    const { store } = published;
    if (store.former !== former) invalid = insteadOfInvalid(store).map(placed);
    former = store.former;
    return [...invalid, ...insteadOfRefused(published).map(placed)];
  };
};

const inNoFile = (): undefined => undefined;
