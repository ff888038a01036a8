import * as t from 'io-ts';

import type { ObjectRef } from '../../ir/object-ref.ts';
import { nearest } from '../../problem/nearest.ts';
import type { Problem } from '../../problem/problem.ts';
import { Dictionary } from './dictionary.ts';
import { fieldPath } from './field-path.ts';
import { Scalar } from './leaf.ts';
import type { Path, Plain } from './plain.ts';
import { Strict } from './strict.ts';
import { fieldNames, holderOf, unknownFields } from './unknown-fields.ts';

/** What an object says that its codec does not read. */
export interface LeftOut {
  /** Without these the object would mean more than its author said, so it is refused. */
  readonly faults: readonly Problem[];
  /** These have no effect. */
  readonly fields: readonly LeftOutField[];
}

/** A field that has no effect, and the name of the one that may be meant. */
interface LeftOutField {
  readonly path: Path;
  readonly nearest?: string;
}

/**
 * Finds what an object is read without: fields that its codec does not name, keys that cannot be kept, and
 * entries that are `null`.
 *
 * None of the entries of a map may be lost, since it can be a list of conditions; and no field of what is
 * `strict`. A label that is `null` is one that the object does not have.
 */
export const leftOut = (
  object: ObjectRef,
  codec: t.Mixed,
  value: unknown,
  { forbidden, nulls }: Plain,
): LeftOut => {
  const faults: Problem[] = [];
  const fields: LeftOutField[] = [];
  for (const path of [...unknownFields(codec, value), ...forbidden]) {
    const holder = holderOf(codec, path);
    if (holder instanceof Strict)
      faults.push(fault(object, path, `one of ${fieldNames(holder).join(', ')}`));
    else if (holder instanceof Dictionary) faults.push(fault(object, path, 'another key'));
    else fields.push({ path, ...(fields.length < mostMeant && meant(codec, path)) });
  }
  for (const path of nulls) {
    const holder = holderOf(codec, path);
    if (holder instanceof Dictionary && isText(holder.value) && path[0] !== 'metadata')
      faults.push(fault(object, path, 'a string', 'null'));
  }
  return { faults, fields };
};

/** Of so many fields the name is compared: who has more has not mistyped them. */
const mostMeant = 100;

/** A field outside of `spec` that `spec` has is not indented as it should be. */
const meant = (codec: t.Mixed, path: Path): { readonly nearest?: string } => {
  const [key = ''] = path.slice(-1);
  const found =
    path.length === 1 && namesIn(codec, ['spec', key]).includes(key)
      ? `spec.${key}`
      : nearest(key, namesIn(codec, path));
  return found === undefined ? {} : { nearest: found };
};

/** The names of the fields around a field. */
const namesIn = (codec: t.Mixed, path: Path): readonly string[] => {
  const holder = holderOf(codec, path);
  return holder === undefined ? [] : fieldNames(holder);
};

const isText = (codec: t.Mixed): boolean =>
  codec instanceof t.StringType || (codec instanceof Scalar && codec.constraint.type === 'string');

const fault = (
  object: ObjectRef,
  path: Path,
  expected: string,
  got = JSON.stringify(path.at(-1)),
): Problem => ({ _tag: 'InvalidField', object, field: fieldPath(path), expected, got });
