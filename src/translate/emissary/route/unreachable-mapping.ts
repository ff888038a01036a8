import { values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import { writtenField, writtenRef } from '../ingress/ingress-part.ts';

/** All virtual hosts of a Mapping. */
export interface UserTables {
  readonly users: Collection<VirtualHostKey, readonly ObjectRef[]>;
}

/** A Mapping of which no request comes, because all its Hosts refuse handshakes and route nothing in cleartext. */
export const unreachableMapping = (
  unreachable: Collection<VirtualHostKey, readonly ObjectRef[]>,
  key: ObjectKey,
  read: Read<UserTables>,
): readonly Problem[] | undefined => {
  if (read('users', key)?.size !== unreachable.size) return undefined;
  const hosts = [...new Set([...values(unreachable)].flat())].sort();
  const causes = hosts.slice(0, mostCauses).map((object) => ({ object, reason }));
  const object = writtenRef('Mapping', key);
  return [{ _tag: 'NotServed', object, field: writtenField(key, ''), causes }];
};

/** As many Hosts are named at most. */
const mostCauses = 3;

const reason = 'refuses handshakes and routes nothing in cleartext; its own problem says why';
