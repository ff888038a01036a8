import * as t from 'io-ts';

import { Dictionary } from './dictionary.ts';
import type { Path } from './plain.ts';

/** The ways to the fields of a value that its codec does not name. */
export const unknownFields = (codec: t.Mixed, value: unknown, path: Path = []): readonly Path[] => {
  const shape = shapeOf(codec);
  switch (shape._tag) {
    case 'Fields':
      return entriesOf(value).flatMap(([key, field]) => {
        const known = shape.fields.get(key);
        return known === undefined ? [[...path, key]] : unknownFields(known, field, [...path, key]);
      });
    case 'Each':
      return entriesOf(value).flatMap(([key, field]) =>
        unknownFields(shape.each, field, [...path, key]),
      );
    case 'Leaf':
      return [];
  }
};

type Shape =
  | { readonly _tag: 'Fields'; readonly fields: ReadonlyMap<string, t.Mixed> }
  | { readonly _tag: 'Each'; readonly each: t.Mixed }
  | { readonly _tag: 'Leaf' };

/** Finding a shape costs more than comparing a value with it, and codecs are few and live on. */
const shapes = new WeakMap<t.Mixed, Shape>();

const shapeOf = (codec: t.Mixed): Shape => {
  const known = shapes.get(codec);
  if (known !== undefined) return known;
  const shape = newShape(codec);
  shapes.set(codec, shape);
  return shape;
};

const newShape = (codec: t.Mixed): Shape => {
  if (
    codec instanceof t.ReadonlyType ||
    codec instanceof t.ExactType ||
    codec instanceof t.RefinementType
  )
    return shapeOf(codec.type);
  if (codec instanceof Dictionary) return { _tag: 'Each', each: codec.value };
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType)
    return { _tag: 'Each', each: codec.type };
  const fields = fieldsOf(codec);
  return fields === undefined ? { _tag: 'Leaf' } : { _tag: 'Fields', fields: new Map(fields) };
};

const fieldsOf = (codec: t.Mixed): readonly (readonly [string, t.Mixed])[] | undefined => {
  if (codec instanceof t.InterfaceType || codec instanceof t.PartialType)
    return Object.entries(codec.props);
  if (codec instanceof t.IntersectionType)
    return codec.types.flatMap((part: t.Mixed) => fieldsOf(part) ?? []);
  return undefined;
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
