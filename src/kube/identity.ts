import * as t from 'io-ts';

import { objectKey, objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { shown } from './codec/report.ts';
import { group, isKind, isOwn, kindTable, type Kind } from './kind.ts';
import { isOldVersion } from './legacy/legacy.ts';

/** What a raw object claims to be. */
export type Identity =
  | {
      readonly _tag: 'Ours';
      readonly kind: Kind;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly _tag: 'Foreign'; readonly description: string }
  | { readonly _tag: 'Unusable'; readonly problem: Problem };

/** Says what a raw object is, by its `apiVersion` and `kind`. */
export const identify = (value: unknown): Identity => {
  if (!t.UnknownRecord.is(value)) return unusable('', 'a Kubernetes object', value);
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '')
    return unusable('kind', 'the kind of a Kubernetes object', kind);
  if (isKind(kind) && apiVersion === kindTable[kind].apiVersion)
    return { _tag: 'Ours', kind, fields: value };
  const object = refOf(kind, value['metadata']);
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return unusable('apiVersion', 'the version of a Kubernetes API', apiVersion, object);
  const itsGroup = groupOf(apiVersion);
  const ours = officialKind(kind, itsGroup);
  if (isKind(ours) && groupOf(kindTable[ours].apiVersion) === officialGroup(itsGroup))
    return ofKind(ours, object, apiVersion, value);
  if (officialGroup(itsGroup) !== group)
    return { _tag: 'Foreign', description: `${kind} of ${apiVersion}` };
  return unusable('kind', `a kind of ${group}`, kind, object);
};

const ofKind = (
  kind: Kind,
  object: ObjectRef,
  got: string,
  fields: Readonly<Record<string, unknown>>,
): Identity => {
  const expected = kindTable[kind].apiVersion;
  if (got === expected || got === `x.${expected}` || (isOwn(kind) && isOldVersion(got)))
    return { _tag: 'Ours', kind, fields };
  const problem: Problem = {
    _tag: 'UnsupportedVersion',
    object,
    field: 'apiVersion',
    got: shortened(got),
    expected,
  };
  return { _tag: 'Unusable', problem };
};

/** Old controllers wrote our kinds under a group of their own. */
const officialGroup = (name: string): string => (name === `x.${group}` ? group : name);

/** The developer previews of Emissary 2 put our kinds under other names into that group. */
const officialKind = (kind: string, itsGroup: string): string =>
  itsGroup === `x.${group}`
    ? kind.replace(/^Ambassador(?=Host|Listener|Mapping|TCPMapping)/, '')
    : kind;

const groupOf = (apiVersion: string): string =>
  apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));

const unusable = (
  field: string,
  expected: string,
  got: unknown,
  object = refOf('Object', undefined),
): Identity => ({
  _tag: 'Unusable',
  problem: { _tag: 'InvalidField', object, field, expected, got: shown(got) },
});

/** A reference to show, made from whatever stands where a name should be. */
export const refOf = (kind: string, metadata: unknown): ObjectRef => {
  const { name, namespace } = t.UnknownRecord.is(metadata) ? metadata : {};
  return objectRef(shortened(kind), objectKey(legible(namespace ?? 'default'), legible(name)));
};

const legible = (name: unknown): string =>
  typeof name === 'string' && name !== '' ? shortened(name).replaceAll('/', '?') : '?';

const shortened = (name: string): string => name.slice(0, 253).replace(/[^-.:\w/]/g, '?');
