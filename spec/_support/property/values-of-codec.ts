import * as t from 'io-ts';

import { membersOf } from '../../../build/members.ts';
import { AnyObject } from '../../../src/kube/codec/any-object.ts';
import { Defaulted } from '../../../src/kube/codec/defaulted.ts';
import { Dictionary } from '../../../src/kube/codec/dictionary.ts';
import { Scalar } from '../../../src/kube/codec/leaf.ts';

/** Values that differ in one leaf of their codec. */
export interface Setting {
  /** The path of the leaf: `cors.origins`, `headers.*`. */
  readonly path: string;
  /** What the leaf is set to. */
  readonly value: unknown;
  /** Whether the leaf takes a few words only, each with a meaning of its own. */
  readonly isWord: boolean;
  /** The same object without the leaf; absent if the leaf is the whole value. */
  readonly without: unknown;
  readonly with: unknown;
}

/** The fields of an object beside the leaf that is set, by the path of the object. */
export type Beside = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** For each leaf of a codec the values it can have, in objects with only their required fields. */
export const settingsOf = (codec: t.Mixed, beside: Beside = {}, path = ''): readonly Setting[] => {
  if (codec instanceof Dictionary) return inMap(codec, beside, path);
  if (codec instanceof Defaulted) return settingsOf(codec.written, beside, path);
  if (codec instanceof t.ReadonlyArrayType)
    return settingsOf(codec.type, beside, path).map((entry) => inside(entry, (one) => [one]));
  if (
    codec instanceof t.ReadonlyType ||
    codec instanceof t.ExactType ||
    codec instanceof t.RefinementType
  )
    return settingsOf(codec.type, beside, path).filter((one) => reads(codec, one.with));
  const members = membersOf(codec);
  return members.length === 0 && !(codec instanceof t.IntersectionType)
    ? leafSettings(codec, path)
    : members.flatMap((member) => inObject(member, members, beside, path));
};

/** Whether a codec reads a value. */
const reads = (codec: t.Mixed, value: unknown): boolean => codec.decode(value)._tag === 'Right';

const leafSettings = (codec: t.Mixed, path: string): readonly Setting[] =>
  leafValues(codec).map((value) => {
    const isWord =
      codec instanceof t.BooleanType ||
      (codec instanceof Scalar && codec.constraint.enum !== undefined);
    return { path, value, isWord, without: undefined, with: value };
  });

const inside = (setting: Setting, put: (value: unknown) => unknown): Setting => ({
  ...setting,
  without: setting.without === undefined ? undefined : put(setting.without),
  with: put(setting.with),
});

const inMap = (
  { key, value }: Dictionary<t.Mixed>,
  beside: Beside,
  path: string,
): readonly Setting[] => {
  const entries = settingsOf(value, beside, `${path}.*`);
  return ['x-a', ':authority']
    .filter((name) => key.is(name))
    .flatMap((name) => entries.map((entry) => inside(entry, (one) => ({ [name]: one }))));
};

type Member = ReturnType<typeof membersOf>[number];

const inObject = (
  [name, codec, isRequired]: Member,
  members: readonly Member[],
  beside: Beside,
  path: string,
): readonly Setting[] => {
  const needed = members
    .filter(([other, , needs]) => needs && other !== name)
    .map(([other, member]) => [other, leastOf(member)]);
  const others = { ...Object.fromEntries(needed), ...beside[path] };
  const least = isRequired && !(name in others) ? { ...others, [name]: leastOf(codec) } : others;
  return settingsOf(codec, beside, path === '' ? name : `${path}.${name}`).map((one) => ({
    ...inside(one, (value) => ({ ...others, [name]: value })),
    ...(one.without === undefined && { without: least }),
  }));
};

/** A value of a codec with only its required fields. */
const leastOf = (codec: t.Mixed): unknown =>
  [{}, [], ...settingsOf(codec).map((one) => one.with)].find((value) => reads(codec, value));

const leafValues = (codec: t.Mixed): readonly unknown[] => {
  if (codec === AnyObject) return [{ a: 1 }];
  if (codec instanceof t.BooleanType) return [true, false];
  if (codec instanceof Scalar) {
    const { enum: words } = codec.constraint;
    return words ?? [...numbers, ...texts].filter((value) => reads(codec, value));
  }
  return texts.filter((value) => reads(codec, value));
};

const numbers = [-1, 0, 1, 7, 404, 200, 503, 8081];

/** A valid text for every kind of text, and an invalid one for most. */
const texts: readonly string[] = [
  'a',
  'x-a',
  '/a/',
  '/',
  '(',
  '7',
  '5s',
  '3s',
  'true',
  'POST',
  'high',
  'logical_dns',
  'endpoint',
  'websocket',
  'a.example',
  '*.example',
  'http://',
  'http://b:80',
  'https://b:80',
  'b/c',
  '%HOSTNAME%',
  'ECDHE+AES128',
];
