import { empty, values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { coveringKeys, indexKey } from '../../../ir/hostname.ts';
import { namespaceOf, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { Cause, Problem } from '../../../problem/problem.ts';
import { lineOfOwn } from '../../../problem/show-problem.ts';
import type { BoundHost } from '../host/binding.ts';
import { writtenField } from '../ingress/ingress-part.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { associates } from './association.ts';

/** What a Mapping without a virtual host is told with. */
export interface IdleTables {
  readonly users: Collection<VirtualHostKey, readonly ObjectRef[]>;
  /** By `unboundKeys`. */
  readonly unbound: Collection<ObjectKey, BoundHost>;
}

/** Where a Host that is on no Listener is found: by its hostname, and among all. No hostname holds a space. */
export const unboundKeys = (
  host: BoundHost,
  _: ObjectKey,
): readonly (readonly [string, BoundHost])[] =>
  host.tables.length > 0
    ? []
    : [
        [indexKey(host.hostname), host],
        [allUnbound, host],
      ];

const allUnbound = 'all unbound Hosts';

/**
 * A Mapping that no virtual host uses answers nothing, and says so. If a Host would take it that is on no
 * Listener, that one is the cause, or what keeps that one from its Listeners.
 */
export const idleMapping = (
  mapping: CompiledMapping,
  key: ObjectKey,
  read: Read<IdleTables>,
): readonly Problem[] | undefined => {
  if (read('users', key) !== undefined) return undefined;
  const isUnnamed = mapping.hostname === undefined && mapping.hostRegex === undefined;
  const field = writtenField(key, isUnnamed ? 'spec.hostname' : '');
  const at = { _tag: 'NotAttached', object: mapping.ref, field } as const;
  const host = takerOf(mapping, key, read);
  const causes = host && causesOf(host);
  return causes === undefined
    ? [
        {
          ...at,
          reason: `no Host takes this Mapping; ${isUnnamed ? unnamed : expected} that takes Mappings of namespace ${namespaceOf(key)}`,
        },
      ]
    : [{ ...at, reason: 'no Host that is served takes this Mapping', causes }];
};

const expected = 'expected one by hostname or mappingSelector';

const unnamed =
  'its hostname is missing; expected it, or a Host with a mappingSelector for its labels';

const takerOf = (
  mapping: CompiledMapping,
  key: ObjectKey,
  read: Read<IdleTables>,
): BoundHost | undefined => {
  const { hostname = '*' } = mapping;
  for (const index of hostname === '*' ? [allUnbound] : coveringKeys(hostname)) {
    let looked = 0;
    for (const host of values(read('unbound', index) ?? noHosts)) {
      if (associates(host, mapping, key)) return host;
      looked += 1;
      if (looked === mostLooked) break;
    }
  }
  return undefined;
};

/** So many Hosts are looked at for each hostname: where there are more, one that takes it may be missed. */
const mostLooked = 100;

/** What a Host lacks that is on no Listener; nothing where it is the default Host, of which nobody is told. */
const faultOf = ({ problems }: BoundHost): Problem | undefined =>
  problems.find(({ _tag }) => _tag === 'NotAttached') ??
  problems.find(({ _tag }) => _tag === 'Conflict') ??
  problems[0];

const causesOf = (host: BoundHost): readonly Cause[] | undefined => {
  const fault = faultOf(host);
  if (fault === undefined) return undefined;
  if ('causes' in fault) return fault.causes;
  return [{ object: host.ref, reason: `is not served: ${lineOfOwn(fault)}` }];
};

const noHosts = empty<ObjectKey, BoundHost>();
