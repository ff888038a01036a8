import * as t from 'io-ts';

import { objectKey, objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { group, isKind, kindTable, type Kind } from './kind.ts';
import { shown } from './report.ts';

/** What a raw object claims to be. */
export type Identity =
  | {
      readonly _tag: 'Ours';
      readonly kind: Kind;
      readonly object: ObjectRef;
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
  const object = refOf(kind, value['metadata']);
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return unusable('apiVersion', 'the version of a Kubernetes API', apiVersion, object);
  const itsGroup = groupOf(apiVersion);
  if (isKind(kind) && groupOf(kindTable[kind].apiVersion) === officialGroup(itsGroup))
    return ofKind(kind, object, apiVersion, value);
  if (officialGroup(itsGroup) !== group)
    return { _tag: 'Foreign', description: `${kind} of ${apiVersion}` };
  return notYet.has(kind)
    ? { _tag: 'Unusable', problem: { _tag: 'NotYetSupported', object, field: '' } }
    : unusable('kind', `a kind of ${group}`, kind, object);
};

const ofKind = (
  kind: Kind,
  object: ObjectRef,
  got: string,
  fields: Readonly<Record<string, unknown>>,
): Identity => {
  const expected = kindTable[kind].apiVersion;
  if (got === expected) return { _tag: 'Ours', kind, object, fields };
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

/** Kinds of our group that are not read yet. */
const notYet: ReadonlySet<string> = new Set([
  'AuthService',
  'ConsulResolver',
  'DevPortal',
  'LogService',
  'Module',
  'RateLimitService',
  'TCPMapping',
  'TLSContext',
  'TracingService',
]);

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
const refOf = (kind: string, metadata: unknown): ObjectRef => {
  const { name, namespace } = t.UnknownRecord.is(metadata) ? metadata : {};
  return objectRef(shortened(kind), objectKey(legible(namespace ?? 'default'), legible(name)));
};

const legible = (name: unknown): string =>
  typeof name === 'string' && name !== '' ? shortened(name).replaceAll('/', '?') : '?';

const shortened = (name: string): string => name.slice(0, 253).replace(/[^-.:\w/]/g, '?');
