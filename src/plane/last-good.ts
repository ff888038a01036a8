import { get, keys } from '../collection/collection.ts';
import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import { isKind } from '../kube/kind.ts';
import type { LastGood } from '../kube/last-good.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import { contentOf } from '../quarantine/content.ts';
import type { Published } from './published.ts';

/** The versions that are in force because the present ones are not valid, or cannot be read. */
export const insteadOfInvalid = (store: SyncedStore): readonly LastGood[] =>
  [...keys(store.former)].flatMap((ref) => lastGood(store, ref, contentOf(store, ref), 'Invalid'));

/** The versions that are in force because an Envoy refuses later ones. */
export const insteadOfRefused = ({
  store,
  convicted,
  translation,
}: Published): readonly LastGood[] => {
  const admitted = translation.states.store;
  return convicted.flatMap(({ object }) => {
    const content = contentOf(admitted, object);
    return content === contentOf(store, object) ? [] : lastGood(store, object, content, 'Refused');
  });
};

const lastGood = (
  { versions }: SyncedStore,
  ref: ObjectRef,
  content: LastGood['content'] | undefined,
  because: LastGood['because'],
): readonly LastGood[] => {
  const [kind, key] = refParts(ref);
  const uid = get(versions, ref)?.uid;
  return content === undefined || !isKind(kind)
    ? []
    : [{ kind, key, content: withoutKey(content), because, ...(uid !== undefined && { uid }) }];
};

/** Private keys are kept nowhere: only the Envoys have them that were sent them. */
const withoutKey = (content: LastGood['content']): LastGood['content'] =>
  'privateKey' in content && content.privateKey !== undefined
    ? { ...content, privateKey: content.privateKey.lost() }
    : content;
