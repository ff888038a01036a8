import * as t from 'io-ts';

import { Defaulted } from './defaulted.ts';
import { Dictionary } from './dictionary.ts';
import type { Path } from './plain.ts';
import { Strict } from './strict.ts';

/** The paths of the fields of a value that its codec does not name. */
export const unknownFields = (codec: t.Mixed, value: unknown): readonly Path[] => {
  const found: Path[] = [];
  look(shapeOf(codec), value, [], found);
  return found;
};

/** The codec of the object or map that the last key of a path is in; absent if none of them is read. */
export const holderOf = (codec: t.Mixed, path: Path): t.Mixed | undefined => {
  const [key, ...rest] = path;
  if (key === undefined || rest.length === 0) return marked(codec);
  const shape = shapeOf(codec);
  if (shape._tag === 'Leaf') return undefined;
  const next = shape._tag === 'Each' ? shape.each : shape.fields.get(key);
  return next === undefined ? undefined : holderOf(next, rest);
};

/** The fields that the codec of an object names. */
export const fieldNames = (codec: t.Mixed): readonly string[] => {
  const shape = shapeOf(codec);
  return shape._tag === 'Fields' ? [...shape.fields.keys()].sort() : [];
};

/** A codec without what is around it, up to what marks it as `strict`. */
const marked = (codec: t.Mixed): t.Mixed => {
  if (codec instanceof Defaulted) return marked(codec.written);
  return !(codec instanceof Strict) && isAround(codec) ? marked(codec.type) : codec;
};

const look = (shape: Shape, value: unknown, path: string[], found: Path[]): void => {
  if (shape._tag === 'Leaf' || typeof value !== 'object' || value === null) return;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    const known = shape._tag === 'Each' ? shape.each : shape.fields.get(key);
    path.push(key);
    if (known === undefined) found.push([...path]);
    else look(shapeOf(known), fields[key], path, found);
    path.pop();
  }
};

type Shape =
  | { readonly _tag: 'Fields'; readonly fields: ReadonlyMap<string, t.Mixed> }
  | { readonly _tag: 'Each'; readonly each: t.Mixed }
  | { readonly _tag: 'Leaf' };

/** Shapes that were found already: finding one costs more than comparing a value with it. */
const shapes = new WeakMap<t.Mixed, Shape>();

const shapeOf = (codec: t.Mixed): Shape => {
  const known = shapes.get(codec);
  if (known !== undefined) return known;
  const shape = newShape(codec);
  shapes.set(codec, shape);
  return shape;
};

const newShape = (codec: t.Mixed): Shape => {
  if (isAround(codec)) return shapeOf(codec.type);
  if (codec instanceof Defaulted) return shapeOf(codec.written);
  if (codec instanceof Dictionary) return { _tag: 'Each', each: codec.value };
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType)
    return { _tag: 'Each', each: codec.type };
  const fields = fieldsOf(codec);
  return fields === undefined ? { _tag: 'Leaf' } : { _tag: 'Fields', fields: new Map(fields) };
};

const isAround = (codec: t.Mixed): codec is Around =>
  codec instanceof t.ReadonlyType ||
  codec instanceof t.ExactType ||
  codec instanceof t.RefinementType;

type Around = t.ReadonlyType<t.Mixed> | t.ExactType<t.HasProps> | t.RefinementType<t.Mixed>;

const fieldsOf = (codec: t.Mixed): readonly (readonly [string, t.Mixed])[] | undefined => {
  if (codec instanceof t.InterfaceType || codec instanceof t.PartialType)
    return Object.entries(codec.props);
  if (codec instanceof t.IntersectionType)
    return codec.types.flatMap((part: t.Mixed) => fieldsOf(part) ?? []);
  return undefined;
};
