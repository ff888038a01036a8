import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import {
  keyParts,
  objectRef,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import type { BackendTLSPolicy } from '../../../kube/gateway/backend-tls-policy.ts';
import type { Former, SyncedStore } from '../../../kube/store/object-store.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import { targetsIn, type CompiledPolicy } from './compile-policy.ts';

/** BackendTLSPolicies of which no version could be read. */
export interface UnreadPolicies {
  readonly refused: Grouped<ObjectRef, Former, ObjectKey, Former>;
  readonly policies: Joined<ObjectKey, Collection<ObjectRef, Former>, Known, CompiledPolicy>;
}

interface Known {
  readonly known: BackendTLSPolicy;
}

/**
 * Closes the Services of policies of which no version could be read: their owners asked for TLS, so nothing is
 * sent in cleartext. They are known as far as the targets could be read.
 */
export function* unreadPolicies(
  previous: UnreadPolicies | undefined,
  { former, objects }: SyncedStore,
): Work<UnreadPolicies> {
  const refused = yield* refusedOf(previous?.refused, former);
  const policies = yield* closeEach(previous?.policies, refused.output, {
    known: objects.BackendTLSPolicy,
  });
  return { refused, policies };
}

const refusedOf = groupBy((former: Former, ref: ObjectRef) => {
  const [kind, key] = refParts(ref);
  return kind === 'BackendTLSPolicy' ? [[key, former] as const] : [];
});

const closeEach = joinEach(
  (
    refused: Collection<ObjectRef, Former>,
    key: ObjectKey,
    read: Read<Known>,
  ): CompiledPolicy | undefined => {
    const [{ targetRefs = [] } = {}] = values(refused);
    if (targetRefs.length === 0 || read('known', key) !== undefined) return undefined;
    const [namespace] = keyParts(key);
    return {
      ref: objectRef('BackendTLSPolicy', key),
      targets: targetsIn(namespace, targetRefs),
      tls: { _tag: 'Invalid' },
      configMaps: [],
      refusal: {
        reason: 'Invalid',
        message: 'The object cannot be read; nothing is sent to the Service',
      },
      problems: noProblems,
    };
  },
);
