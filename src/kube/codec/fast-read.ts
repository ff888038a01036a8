import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import { Defaulted } from './defaulted.ts';
import { Dictionary } from './dictionary.ts';

/** Stands for a value that a codec refuses. */
export const refused: unique symbol = Symbol('refused');

/**
 * What a codec reads from a plain value, or `refused`, which does not say why.
 *
 * Nearly every object is valid. For a valid one this takes a fraction of the codec's time: it keeps
 * no context for errors and copies no field twice. For an invalid one the codec says what is wrong.
 */
export const fastRead = <A>(codec: t.Decoder<unknown, A>, value: unknown): A | typeof refused =>
  readerOf(codec as t.Mixed)(value) as A | typeof refused;

type Reader = (value: unknown) => unknown;

/** Readers that were made already; there are few codecs, and they are never dropped. */
const readers = new WeakMap<t.Mixed, Reader>();

const readerOf = (codec: t.Mixed): Reader => {
  const known = readers.get(codec);
  if (known !== undefined) return known;
  const reader = newReader(codec);
  readers.set(codec, reader);
  return reader;
};

const newReader = (codec: t.Mixed): Reader => {
  if (codec instanceof t.ReadonlyType) return readerOf(codec.type);
  if (codec instanceof t.RefinementType) return refinement(readerOf(codec.type), codec.predicate);
  if (codec instanceof t.ReadonlyArrayType) return list(readerOf(codec.type));
  if (codec instanceof Dictionary) return dictionary(codec);
  if (codec instanceof Defaulted) return defaulted(readerOf(codec.written), codec.absent);
  if (codec instanceof t.ExactType && codec.type instanceof t.IntersectionType)
    return fields(codec.type.types) ?? leaf(codec);
  return leaf(codec);
};

const leaf =
  (codec: t.Mixed): Reader =>
  (value) => {
    const read = codec.validate(value, []);
    return isLeft(read) ? refused : read.right;
  };

const refinement =
  (inner: Reader, predicate: (value: unknown) => boolean): Reader =>
  (value) => {
    const read = inner(value);
    return read === refused || !predicate(read) ? refused : read;
  };

const defaulted =
  (inner: Reader, absent: unknown): Reader =>
  (value) =>
    value === undefined ? absent : inner(value);

const list =
  (entry: Reader): Reader =>
  (value) => {
    if (!Array.isArray(value)) return refused;
    const read = value.map((item: unknown) => entry(item));
    return read.includes(refused) ? refused : read;
  };

const dictionary = ({ key, value: entry, most }: Dictionary<t.Mixed>): Reader => {
  const readKey = readerOf(key);
  const readEntry = readerOf(entry);
  return (value) => {
    if (!isRecord(value)) return refused;
    const names = Object.keys(value);
    if (names.length > most) return refused;
    const read: Record<string, unknown> = {};
    for (const name of names) {
      const as = readKey(name);
      const content = readEntry(value[name]);
      if (typeof as !== 'string' || content === refused) return refused;
      read[as] = content;
    }
    return read;
  };
};

/** A `struct`: fields that must be there and fields that may. */
const fields = (parts: readonly t.Mixed[]): Reader | undefined => {
  const [required, optional] = parts;
  if (!(required instanceof t.InterfaceType) || !(optional instanceof t.PartialType))
    return undefined;
  const needed = readersOf(required.props as t.Props);
  const allowed = new Map([...readersOf(optional.props as t.Props), ...needed]);
  return (value) => {
    if (!isRecord(value)) return refused;
    const read: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const field = value[name];
      const reader = field === undefined ? undefined : allowed.get(name);
      if (reader === undefined) continue;
      const content = reader(field);
      if (content === refused) return refused;
      read[name] = content;
    }
    for (const [name, reader] of needed) {
      if (Object.hasOwn(read, name)) continue;
      const content = reader(undefined);
      if (content === refused) return refused;
      read[name] = content;
    }
    return read;
  };
};

const readersOf = (props: t.Props): readonly (readonly [string, Reader])[] =>
  Object.entries(props).map(([name, codec]) => [name, readerOf(codec)]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
