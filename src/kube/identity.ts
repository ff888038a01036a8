import * as t from 'io-ts';

import { objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { shown } from './codec/report.ts';
import { keyIn, type Scope } from './core/scope.ts';
import { laterKinds, sameShape, triedGroup } from './gateway/known-shapes.ts';
import { isKind, kindTable, type Kind } from './kind.ts';
import { languageGroups } from './language.ts';
import { isKnownVersion, officialGroup, officialKind } from './legacy/legacy-version.ts';

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
  const object = refOf(
    kind,
    value['metadata'],
    isKind(kind) ? kindTable[kind].scope : 'Namespaced',
  );
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return unusable('apiVersion', 'the version of a Kubernetes API', apiVersion, object);
  const written = groupOf(apiVersion);
  const group = officialGroup(written);
  const ours = officialKind(kind, written);
  if (isKind(ours) && groupOf(kindTable[ours].apiVersion) === group && ours !== definition)
    return ofKind(ours, object, apiVersion, value);
  if (laterKinds[group]?.includes(kind) === true)
    return { _tag: 'Unusable', problem: { _tag: 'NotYetSupported', object, field: '' } };
  return [...Object.values(languageGroups), triedGroup].includes(group)
    ? unusable('kind', `a kind of ${group}`, kind, object)
    : { _tag: 'Foreign', description: `${kind} of ${apiVersion}` };
};

const ofKind = (
  kind: Kind,
  object: ObjectRef,
  got: string,
  fields: Readonly<Record<string, unknown>>,
): Identity => {
  const { apiVersion: expected, language } = kindTable[kind];
  const isSame = sameShape[kind]?.includes(got.slice(got.lastIndexOf('/') + 1)) === true;
  if (got === expected || isSame || (language === 'emissary' && isKnownVersion(got)))
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

/** Of definitions in other versions nothing is to be said: they are not for us. */
const definition: Kind = 'CustomResourceDefinition';

const groupOf = (apiVersion: string): string =>
  apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));

const unusable = (
  field: string,
  expected: string,
  got: unknown,
  object = refOf('Object', undefined, 'Namespaced'),
): Identity => ({
  _tag: 'Unusable',
  problem: { _tag: 'InvalidField', object, field, expected, got: shown(got) },
});

/** A reference to show, made from whatever stands where a name should be. */
export const refOf = (kind: string, metadata: unknown, scope: Scope): ObjectRef => {
  const { name, namespace } = t.UnknownRecord.is(metadata) ? metadata : {};
  return objectRef(shortened(kind), keyIn(scope, legible(namespace ?? 'default'), legible(name)));
};

const legible = (name: unknown): string =>
  typeof name === 'string' && name !== '' ? shortened(name).replaceAll('/', '?') : '?';

const shortened = (name: string): string => name.slice(0, 253).replace(/[^-.:\w/]/g, '?');
