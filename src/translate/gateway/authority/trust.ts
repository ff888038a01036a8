import { hash } from 'node:crypto';

import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { ObjectReference } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import { mayReferTo, type NamespaceGrants, type Referrer } from '../../grants.ts';
import type { Authorities } from './authorities.ts';

/** What references to authorities lead to. */
export interface Trust {
  /** The ConfigMaps whose authorities can be used, sorted. */
  readonly configMaps: readonly ObjectKey[];
  /** What is wrong with the others. */
  readonly faults: readonly TrustFault[];
}

/** Why authorities cannot be used. */
interface TrustFault {
  /** The kind is not supported; it cannot be used; it may not be referred to. */
  readonly cause: 'Kind' | 'Reference' | 'NotPermitted';
  readonly problem: Problem;
}

/** What references to authorities are looked up in. */
export interface TrustTables {
  readonly authorities: Authorities;
  readonly grants: NamespaceGrants;
}

/** Finds the authorities that an object refers to in a field. */
export const trustOf = (
  object: ObjectRef,
  from: Referrer,
  field: string,
  refs: readonly ObjectReference[],
  read: Read<TrustTables>,
): Trust => {
  const faults: TrustFault[] = [];
  const found = refs.flatMap((ref, at): readonly ObjectKey[] => {
    const { group, kind, name, namespace = from.namespace } = ref;
    const own = `${field}[${at}]`;
    const fault = (cause: TrustFault['cause'], problem: Problem): readonly [] => {
      faults.push({ cause, problem });
      return [];
    };
    if (group !== '' || kind !== 'ConfigMap') {
      const got = JSON.stringify(group === '' ? kind : `${kind}.${group}`);
      return fault('Kind', invalid(object, `${own}.kind`, 'ConfigMap', got));
    }
    const key = objectKey(namespace, name);
    const target = objectRef('ConfigMap', key);
    if (!mayReferTo((one) => read('grants', one), from, { group, kind, namespace, name }))
      return fault('NotPermitted', { _tag: 'RefNotUsable', object, field: own, target });
    const authorities = read('authorities', key);
    if (authorities === undefined)
      return fault('Reference', { _tag: 'NotFound', object, field: own, target });
    if (authorities._tag === 'Right') return [key];
    const reason = `ca.crt of ${target} ${authorities.left}`;
    return fault('Reference', { _tag: 'InvalidCertificate', object, field: own, reason });
  });
  return { configMaps: [...new Set(found)].sort(), faults };
};

/** Names the bundle of the authorities of some ConfigMaps, sorted: the same for whoever trusts them. */
export const bundleName = (configMaps: readonly ObjectKey[]): TrustBundleName => {
  const keys = configMaps.join('+');
  return `trust://configmap/${keys.length <= longest ? keys : hash('sha256', keys, 'hex')}`;
};

/** The bundle of the authorities of some ConfigMaps, sorted; absent if one of them has none any more. */
export const trustBundleOf = (
  configMaps: readonly ObjectKey[],
  read: Read<Pick<TrustTables, 'authorities'>>,
): TrustBundle | undefined => {
  const texts = configMaps.flatMap((key) => {
    const authorities = read('authorities', key);
    return authorities?._tag === 'Right' ? [authorities.right] : [];
  });
  if (texts.length < configMaps.length || texts.length === 0) return undefined;
  return {
    name: bundleName(configMaps),
    authorities: texts.join(''),
    from: configMaps.map((key) => objectRef('ConfigMap', key)),
  };
};

/** Names of resources stand in logs. */
const longest = 256;

const invalid = (object: ObjectRef, field: string, expected: string, got: string): Problem => ({
  _tag: 'InvalidField',
  object,
  field,
  expected,
  got,
});
