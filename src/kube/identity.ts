import * as t from 'io-ts';

import { objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { shown } from './codec/report.ts';
import { keyIn, type Scope } from './core/scope.ts';
import { ofEdgeStack } from './edge-stack.ts';
import { laterKinds, sameShape } from './gateway/known-shapes.ts';
import { isKind, kindTable, type Kind } from './kind.ts';
import { isKnownVersion, officialGroup, officialKind } from './legacy/legacy-version.ts';
import { groupOf, nearlyOurs } from './nearly-ours.ts';

/** What a raw object claims to be. */
export type Identity =
  | {
      readonly _tag: 'Ours';
      readonly kind: Kind;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly _tag: 'Foreign'; readonly description: string }
  | { readonly _tag: 'Unusable'; readonly problem: Problem };

/** What is no object may be any file, of which nothing is to be in a log. */
const kindOfValue = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
};

/** Says what a raw object is, by its `apiVersion` and `kind`. */
export const identify = (value: unknown): Identity => {
  if (!t.UnknownRecord.is(value)) return unusable('', 'a Kubernetes object', kindOfValue(value));
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '')
    return unusable('kind', 'the kind of a Kubernetes object', shown(kind));
  if (isKind(kind) && apiVersion === kindTable[kind].apiVersion)
    return { _tag: 'Ours', kind, fields: value };
  const object = refOf(
    kind,
    value['metadata'],
    isKind(kind) ? kindTable[kind].scope : 'Namespaced',
  );
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return unusable('apiVersion', 'the version of a Kubernetes API', shown(apiVersion), object);
  const written = groupOf(apiVersion);
  const group = officialGroup(written);
  const ours = officialKind(kind, written);
  if (isKind(ours) && groupOf(kindTable[ours].apiVersion) === group && !otherwise.has(ours))
    return ofKind(ours, object, apiVersion, value);
  if (laterKinds[group]?.includes(kind) === true)
    return { _tag: 'Unusable', problem: { _tag: 'NotYetSupported', object, field: '' } };
  const problem = ofEdgeStack(kind, group, object) ?? nearlyOurs(kind, apiVersion, object);
  return problem === undefined
    ? { _tag: 'Foreign', description: `${kind} of ${apiVersion}` }
    : { _tag: 'Unusable', problem };
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

/** Of definitions in other versions nothing is to be said: they are not for us. Nor are most Ingresses and their classes. */
const otherwise: ReadonlySet<Kind> = new Set([
  'CustomResourceDefinition',
  'Ingress',
  'IngressClass',
]);

const unusable = (
  field: string,
  expected: string,
  got: string,
  object = refOf('Object', undefined, 'Namespaced'),
): Identity => ({
  _tag: 'Unusable',
  problem: { _tag: 'InvalidField', object, field, expected, got },
});

/** A reference to show, made from whatever stands where a name should be. */
export const refOf = (kind: string, metadata: unknown, scope: Scope): ObjectRef => {
  const { name, namespace } = t.UnknownRecord.is(metadata) ? metadata : {};
  return objectRef(shortened(kind), keyIn(scope, legible(namespace ?? 'default'), legible(name)));
};

const legible = (name: unknown): string =>
  typeof name === 'string' && name !== '' ? shortened(name).replaceAll('/', '?') : '?';

const shortened = (name: string): string => name.slice(0, 253).replace(/[^-.:\w/]/g, '?');
