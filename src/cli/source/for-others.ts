import { entries } from '../../collection/collection.ts';
import { objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import { ambassadorIdOf } from '../../kube/emissary/ambassador-id.ts';
import { isOurs } from '../../kube/is-ours.ts';
import { kinds } from '../../kube/kind.ts';
import type { ObjectStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';

/**
 * A note for each object that is for other installations. Only who checks files is told: in a cluster they are the
 * business of the other installations.
 */
export const forOthers = ({ objects }: ObjectStore, ambassadorId: string): readonly Problem[] =>
  kinds.flatMap((kind) =>
    [...entries<ObjectKey, object>(objects[kind])].flatMap(([key, object]): readonly Problem[] => {
      const ids = ambassadorIdOf(object) ?? [];
      if (isOurs(kind, ids, ambassadorId)) return [];
      const theirs = ids.length === 0 ? '"default", as it lists none' : ids.map(quoted).join(', ');
      const note = `not for this installation, which is ${quoted(ambassadorId)}: it is for ${theirs}`;
      return [{ _tag: 'Note', object: objectRef(kind, key), field: 'spec.ambassador_id', note }];
    }),
  );

const quoted = (id: string): string => JSON.stringify(id);
